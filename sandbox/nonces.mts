/**
 * The nonces already used: a repeated one is refused (API reference 3.3, documented). They are kept
 * for good, since how long Imburse remembers them is not known.
 */
export class NonceMemory {
	private readonly used = new Set<string>();

	/** False when this key has used the nonce before. */
	take(publicKey: string, nonce: string): boolean {
		const entry = `${publicKey}:${nonce}`;
		if (this.used.has(entry)) return false;
		this.used.add(entry);
		return true;
	}

	clear(): void {
		this.used.clear();
	}
}
