import type { Delivery } from './delivery.mts';

export type ReleaseOrder = 'inOrder' | 'reversed';

/** A delivery and its copies, which go out together. */
export type DeliveryGroup = readonly Delivery[];

/** Deliveries that are held before their first attempt. */
export class HoldQueue {
	private held: DeliveryGroup[] = [];
	private isHolding = false;

	/**
	 * @param reverseEvery groups of this size are collected and sent last first; undefined: none is held
	 * @param forward receives what is released
	 */
	constructor(
		private readonly reverseEvery: () => number | undefined,
		private readonly forward: (group: DeliveryGroup) => void,
	) {}

	add(group: DeliveryGroup): void {
		const needed = this.reverseEvery() ?? 1;
		this.held.push(group);
		if (!this.isHolding && this.held.length >= needed) this.release('reversed');
	}

	hold(): void {
		this.isHolding = true;
	}

	/** Forwards everything, and holds no more. */
	release(order: ReleaseOrder): void {
		this.isHolding = false;
		const released = this.held.splice(0);
		if (order === 'reversed') released.reverse();
		for (const group of released) this.forward(group);
	}

	clear(): void {
		this.held = [];
	}
}
