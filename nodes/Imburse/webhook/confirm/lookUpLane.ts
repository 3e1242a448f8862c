import { sleep } from 'n8n-workflow';

import { shareOf, type SenderKind } from './lookUpBudget';

/** How many look-ups of a lane may be under way at the same time. */
const CONCURRENCY = 4;
/** How many minutes of look-ups may wait. */
const MINUTES_WAITING = 2;
/** The bodies of the deliveries that wait stay in memory. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
/** n8n 2.41 keeps an isolate of some 8 MB for each call until it is answered. */
const MAX_WAITING_DELIVERIES = 600;
/** Seconds. */
const SHORTEST_RETRY_AFTER = 10;

/** Whose look-ups they are, and what they may use. */
export interface LookUpShare {
	kind: SenderKind;
	perMinute: number;
}

/** What a delivery brings along. */
export interface LookUpLoad {
	lookUps: number;
	bytes: number;
}

/** `retryAfter` is in seconds. */
export type Admission = { ok: true; leave: () => void } | { ok: false; retryAfter: number };

interface Turn {
	/** Milliseconds until it may begin; 0 if it has begun. */
	begin: () => number;
	onBegin: () => void;
}

/**
 * Look-ups that have the same share. They get their turns first come, first served: a few at once, and
 * no sooner than each may.
 */
export class LookUpLane {
	private readonly load = { deliveries: 0, lookUps: 0, bytes: 0 };
	private readonly waiting: Turn[] = [];
	private underWay = 0;
	private isGivingTurns = false;

	constructor(private readonly share: LookUpShare) {}

	/** Lets a delivery wait here for its look-ups, unless too many wait already. */
	admit({ lookUps, bytes }: LookUpLoad): Admission {
		const { load } = this;
		const perMinute = shareOf(this.share.kind, this.share.perMinute);
		const excess = load.lookUps + lookUps - perMinute * MINUTES_WAITING;
		const isFull =
			excess > 0 ||
			load.bytes + bytes > MAX_WAITING_BYTES ||
			load.deliveries >= MAX_WAITING_DELIVERIES;
		// A delivery that is alone is let in, because a large one could otherwise never be.
		if (load.deliveries > 0 && isFull) {
			const seconds = Math.ceil((60 * excess) / perMinute);
			return { ok: false, retryAfter: Math.max(SHORTEST_RETRY_AFTER, seconds) };
		}
		load.deliveries++;
		load.lookUps += lookUps;
		load.bytes += bytes;
		const leave = () => {
			load.deliveries--;
			load.lookUps -= lookUps;
			load.bytes -= bytes;
		};
		return { ok: true, leave };
	}

	/** @param begin begins it if it may begin, or returns the milliseconds to wait */
	async run<Result>(begin: () => number, work: () => Promise<Result>): Promise<Result> {
		await new Promise<void>((resolve) => {
			this.waiting.push({ begin, onBegin: resolve });
			void this.giveTurns();
		});
		try {
			return await work();
		} finally {
			this.underWay--;
			void this.giveTurns();
		}
	}

	private async giveTurns(): Promise<void> {
		if (this.isGivingTurns) return;
		this.isGivingTurns = true;
		for (let turn = this.next(); turn; turn = this.next()) {
			const wait = turn.begin();
			if (wait > 0) {
				await sleep(wait);
				continue;
			}
			this.waiting.shift();
			this.underWay++;
			turn.onBegin();
		}
		this.isGivingTurns = false;
	}

	private next(): Turn | undefined {
		return this.underWay < CONCURRENCY ? this.waiting[0] : undefined;
	}
}
