import type { Delivery } from './delivery.mts';

export type ReleaseOrder = 'inOrder' | 'reversed';

/** A delivery and its copies, which go out together. */
export type Consignment = readonly Delivery[];

/** Where deliveries wait before their first attempt, if they are told to. */
export class Gate {
	private held: Consignment[] = [];
	private isClosed = false;

	/**
	 * @param reverseEvery so many wait for each other and go last first; undefined: none waits
	 * @param letThrough takes what may go out
	 */
	constructor(
		private readonly reverseEvery: () => number | undefined,
		private readonly letThrough: (consignment: Consignment) => void,
	) {}

	take(consignment: Consignment): void {
		const enough = this.reverseEvery() ?? 1;
		this.held.push(consignment);
		if (!this.isClosed && this.held.length >= enough) this.release('reversed');
	}

	close(): void {
		this.isClosed = true;
	}

	/** Opens the gate and lets everything go. */
	release(order: ReleaseOrder): void {
		this.isClosed = false;
		const released = this.held.splice(0);
		if (order === 'reversed') released.reverse();
		for (const consignment of released) this.letThrough(consignment);
	}

	clear(): void {
		this.held = [];
	}
}
