import { setImmediate } from 'node:timers/promises';
import {
	RateLimiter,
	type Clock,
} from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import { mapConcurrently } from '../../../../nodes/Imburse/execution/concurrency/mapConcurrently.ts';
import { SharedPace } from '../../../../nodes/Imburse/execution/concurrency/sharedPace.ts';

/** Time that goes by only when nobody has anything else to do. Begins at a whole second. */
export class VirtualTime {
	now = 1_800_000_000_000;
	private readonly timers: Array<{ at: number; wake: () => void }> = [];

	sleep = async (milliseconds: number): Promise<void> => {
		await new Promise<void>((wake) => {
			this.timers.push({ at: this.now + Math.max(0, milliseconds), wake });
		});
	};

	/** Lets time go by until the task ends. */
	async until<T>(task: Promise<T>): Promise<T> {
		let isDone = false;
		const end = task.finally(() => (isDone = true));
		for (;;) {
			await setImmediate();
			if (isDone) return await end;
			this.timers.sort((a, b) => a.at - b.at);
			const next = this.timers.shift();
			if (!next) throw new Error('Nothing will ever happen any more.');
			this.now = Math.max(this.now, next.at);
			next.wake();
		}
	}
}

export type RetryAfterForm = 'seconds' | 'date' | 'none';

export interface ServerSettings {
	kind: 'tokenBucket' | 'fixedWindow' | 'unlimited';
	perSecond: number;
	/** A fixed window is a second long and has no bursts. */
	burst: number;
	retryAfter: RetryAfterForm;
	/** How long it asks for, where that is longer than it takes until it takes another call. */
	waitSeconds?: number;
	/** Milliseconds for the way there and back. */
	latency: number;
	/** Milliseconds that the client's one thread takes for each call. */
	work: number;
	/** Calls per second after so many milliseconds, where they change. */
	perSecondAt?: (milliseconds: number) => number;
	/** Other responses: for the call of that number, or so many milliseconds after the first one. */
	respondWith?: (call: number, milliseconds: number) => SimulatedResponse | undefined;
}

export interface SimulatedResponse {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** An Imburse that limits the rate, in virtual time. */
export class SimulatedServer {
	calls = 0;
	refused = 0;
	inFlight = 0;
	mostInFlight = 0;
	/** When calls were let through, in milliseconds from the beginning. */
	readonly passedAt: number[] = [];
	private readonly begunAt: number;
	private tokens: number;
	private refilledAt: number;
	private threadFreeAt = 0;

	constructor(
		private readonly settings: ServerSettings,
		private readonly time: VirtualTime,
	) {
		this.tokens = this.capacity();
		this.refilledAt = time.now;
		this.begunAt = time.now;
	}

	async call(): Promise<SimulatedResponse> {
		const { latency, work, respondWith } = this.settings;
		this.calls++;
		const other = respondWith?.(this.calls, this.milliseconds());
		this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
		this.threadFreeAt = Math.max(this.threadFreeAt, this.time.now) + work;
		await this.time.sleep(this.threadFreeAt - this.time.now + latency / 2);
		const response = other ?? this.respond();
		if (response.status === 200) this.passedAt.push(this.milliseconds());
		await this.time.sleep(latency / 2);
		this.inFlight--;
		return response;
	}

	/** Calls that were let through in the second that begins then. */
	passedInSecond(from: number): number {
		return this.passedAt.filter((at) => at >= from && at < from + 1_000).length;
	}

	private milliseconds(): number {
		return this.time.now - this.begunAt;
	}

	private perSecond(): number {
		return this.settings.perSecondAt?.(this.milliseconds()) ?? this.settings.perSecond;
	}

	private capacity(): number {
		const { kind, burst, perSecond } = this.settings;
		if (kind === 'unlimited') return Infinity;
		return kind === 'tokenBucket' ? burst : perSecond;
	}

	private respond(): SimulatedResponse {
		this.refill();
		if (this.tokens >= 1) {
			this.tokens--;
			const date = new Date(this.time.now).toUTCString();
			return { status: 200, headers: { date }, text: '' };
		}
		this.refused++;
		return { status: 429, headers: this.retryAfter(), text: '' };
	}

	private refill(): void {
		const { kind } = this.settings;
		const perSecond = this.perSecond();
		const { now } = this.time;
		if (kind === 'fixedWindow') {
			if (Math.floor(now / 1000) > Math.floor(this.refilledAt / 1000)) this.tokens = perSecond;
		} else {
			const gained = ((now - this.refilledAt) * perSecond) / 1000;
			this.tokens = Math.min(this.capacity(), this.tokens + gained);
		}
		this.refilledAt = now;
	}

	private retryAfter(): Record<string, string> {
		const { kind, retryAfter } = this.settings;
		const perSecond = this.perSecond();
		if (retryAfter === 'none') return {};
		const { now } = this.time;
		const milliseconds =
			kind === 'fixedWindow' ? 1000 - (now % 1000) : ((1 - this.tokens) / perSecond) * 1000;
		const seconds = this.settings.waitSeconds ?? Math.ceil(milliseconds / 1000);
		if (retryAfter === 'seconds') return { 'retry-after': String(seconds) };
		// A date has whole seconds and is never too early.
		const until = Math.ceil(now / 1000 + seconds) * 1000;
		return {
			date: new Date(now).toUTCString(),
			'retry-after': new Date(until).toUTCString(),
		};
	}
}

/**
 * The least time for so many calls by one who knows the limit, but begins with one call in flight and
 * doubles, and who obeys one `Retry-After` of a second where the server sends such. A date in whole
 * seconds asks for one to two of them.
 */
export function leastMs(server: ServerSettings, calls: number): number {
	const { perSecond, burst, latency, retryAfter } = server;
	let [sent, tokens, time] = [0, burst, 0];
	for (let inFlight = 1; inFlight * 1000 < perSecond * latency; inFlight *= 2) {
		sent += inFlight;
		tokens = Math.min(burst, tokens - inFlight + (perSecond * latency) / 1000);
		time += latency;
	}
	const wait = { none: 0, seconds: 1_000, date: 1_500 }[retryAfter];
	const lost = Math.max(0, wait - (burst * 1000) / perSecond);
	return time + lost + ((calls - sent - tokens) * 1000) / perSecond + latency;
}

export interface RunSettings {
	items: number;
	/** Calls of each item, one after another. */
	calls?: number;
	ceiling?: number;
	random?: () => number;
	/** Whether the run was stopped. */
	isStopped?: () => boolean;
}

/** Runs items against a server, as a run of the node does. @returns milliseconds */
export async function runItems(
	time: VirtualTime,
	server: SimulatedServer,
	pace: SharedPace,
	{ items, calls = 1, ceiling = 50, random = () => 0.5, isStopped = () => false }: RunSettings,
) {
	const begun = time.now;
	const clock: Clock = {
		sleep: time.sleep,
		isStopped,
		random,
	};
	let left = items;
	const limiter = new RateLimiter(ceiling, clock, pace, () => left);
	const results = await mapConcurrently(Array.from({ length: items }), {
		acquireSlot: async () => await limiter.acquire(),
		releaseSlot: (slot) => slot.release(),
		run: async (_, slot) => {
			for (let done = 0; done < calls;) {
				const call = await slot.waitUntilClear();
				if (isStopped()) return false;
				const response = await server.call();
				if (slot.report(response, call)) continue;
				if (response.status !== 200) return false;
				done++;
			}
			left--;
			return true;
		},
		serialKey: () => undefined,
		continues: () => !isStopped(),
	});
	limiter.close();
	return { milliseconds: time.now - begun, succeeded: results.filter((ok) => ok === true).length };
}
