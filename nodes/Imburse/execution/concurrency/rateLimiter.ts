import type { PaceAnswer } from '../../api/errors/tokenError';
import type { SharedPace, SentCall } from './sharedPace';
import type { SlotGroup } from './slots';

/** Waiting and chance, to be replaced in tests. */
export interface Clock {
	/** Ends at once when the run is stopped. */
	sleep(milliseconds: number): Promise<void>;
	isStopped(): boolean;
	/** From 0 to 1. */
	random(): number;
}

/**
 * All calls of a run: as many at once, and as fast, as Imburse takes them from all runs together. Its
 * gateway counts the calls of an organisation and of an address together, token calls and reads included
 * (API reference 4.9, documented), so the limit that is found is what others leave of it.
 */
export class RateLimiter {
	private readonly group: SlotGroup;

	/**
	 * @param ceiling most calls in flight of all runs, however many Imburse would take
	 * @param itemsLeft how many of this run have not ended
	 */
	constructor(
		private readonly ceiling: number,
		readonly clock: Clock,
		readonly pace: SharedPace,
		itemsLeft: () => number,
	) {
		this.group = pace.join(ceiling, itemsLeft);
	}

	/** Waits for a slot among the calls in flight. */
	async acquire(): Promise<Slot> {
		const isHeld = await this.group.acquire();
		// An item that is not yet sending keeps its slot; otherwise all of them would start at once.
		const { clock, pace } = this;
		for (let wait = pace.waitMs(); wait > 0 && !clock.isStopped(); wait = pace.waitMs()) {
			await clock.sleep(wait);
		}
		return new Slot(this, this.group, isHeld);
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	observe(response: PaceAnswer, call: SentCall): boolean {
		const { ceiling, clock, pace } = this;
		return pace.observe(response, call, { random: clock.random(), ceiling });
	}

	/** Gives all slots back when the run ends, and lets go whoever waits when it is stopped. */
	close(): void {
		this.pace.leave(this.group);
	}
}

/** The calls of one item: one at a time. */
export class Slot {
	constructor(
		private readonly limiter: RateLimiter,
		private readonly group: SlotGroup,
		private isHeld: boolean,
	) {}

	/** Waits until a call may go out. @returns what to hand to `report` */
	async waitUntilClear(): Promise<SentCall> {
		const { clock, pace } = this.limiter;
		for (;;) {
			await this.holdWhenClear();
			const round = pace.round();
			// A stopped run makes no more calls, and must not take the turns of others.
			const wait = clock.isStopped() ? 0 : pace.takeTurn();
			const hasWaited = wait > 0;
			if (hasWaited) await clock.sleep(wait);
			const isClear = round === pace.round() && pace.waitMs() <= 0;
			if (clock.isStopped() || isClear) return { round, sentAt: pace.now(), hasWaited };
		}
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	report(response: PaceAnswer, call: SentCall): boolean {
		return this.limiter.observe(response, call);
	}

	/** Lets others go ahead as long as there is nothing to call. */
	release(): void {
		if (!this.isHeld) return;
		this.isHeld = false;
		this.group.release();
	}

	/** Waits until it holds a slot and Imburse wants to hear from somebody. */
	private async holdWhenClear(): Promise<void> {
		const { clock, pace } = this.limiter;
		for (;;) {
			const wait = pace.waitMs();
			if (clock.isStopped() || (this.isHeld && wait <= 0)) return;
			if (wait > 0) {
				this.release();
				await clock.sleep(wait);
			} else {
				this.isHeld = await this.group.reacquire();
				// The run has ended: there is nobody left to share with.
				if (!this.isHeld) return;
			}
		}
	}
}
