/** A UUID with hyphens, in capital or small letters. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The ID of an account or a tenant as Imburse writes it: in small letters, with hyphens (API reference
 * 4.9, documented). Only the letters' case is mended. What is no UUID stays as it is, since nobody knows
 * what another environment takes.
 */
export function mendIdentifierCase(identifier: string): string {
	return UUID.test(identifier) ? identifier.toLowerCase() : identifier;
}
