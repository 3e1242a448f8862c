/**
 * Sorts fields and options as n8n's lint rules ask for, by the name that people read. Without
 * `localeCompare`: what it needs takes longer to make than all of the node's fields.
 */
export function byDisplayName(a: { displayName: string }, b: { displayName: string }): number {
	return compareNames(a.displayName, b.displayName);
}

/** The order of English names, capitals and small letters alike. */
export function compareNames(a: string, b: string): number {
	const [first, second] = [a.toLowerCase(), b.toLowerCase()];
	if (first === second) return 0;
	return first < second ? -1 : 1;
}
