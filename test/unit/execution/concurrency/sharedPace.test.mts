import { describe, expect, it, jest } from '@jest/globals';
import { RateLimiter } from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import {
	SharedPace,
	sharedPace,
} from '../../../../nodes/Imburse/execution/concurrency/sharedPace.ts';
import { createSteadyClock } from '../../../../nodes/Imburse/execution/concurrency/steadyClock.ts';
import {
	leastMs,
	runItems,
	SimulatedServer,
	VirtualTime,
	type ServerSettings,
} from './simulatedServer.mts';

const PER_SECOND = 50;
const BUCKET: ServerSettings = {
	kind: 'tokenBucket',
	perSecond: PER_SECOND,
	burst: 50,
	retryAfter: 'none',
	latency: 0,
	work: 1.5,
};

/** Runs of 200 items, one after the other; what each took of the least possible. */
async function inTurns(
	settings: Partial<ServerSettings>,
	count: number,
	calls = 1,
	pauseMs = 5_000,
) {
	const server = { ...BUCKET, ...settings };
	const time = new VirtualTime();
	const pace = new SharedPace(() => time.now);
	const needed = 200 * calls;
	const runs = [];
	for (let run = 0; run < count; run++) {
		const imburse = new SimulatedServer(server, time);
		const { milliseconds, succeeded } = await time.until(
			runItems(time, imburse, pace, { items: 200, calls }),
		);
		const ofLeast = milliseconds / leastMs(server, needed);
		runs.push({ succeeded, calls: imburse.calls / needed, time: ofLeast });
		time.now += pauseMs;
	}
	return runs;
}

describe('200 items at 50 calls a second, without Retry-After', () => {
	it.each([
		[50, 1],
		[50, 2],
		[8, 1],
		[8, 2],
	])(
		'with a burst of %d and %d calls each take 5%% more calls and 15%% more time at most',
		async (burst, calls) => {
			for (const run of await inTurns({ burst }, 2, calls)) {
				expect(run.succeeded).toBe(200);
				expect(run.calls).toBeLessThanOrEqual(1.05);
				expect(run.time).toBeLessThanOrEqual(1.15);
			}
		},
	);
});

describe('where each refusal asks for a second of silence, and the bucket is small', () => {
	const retryAfter = 'seconds';

	it.each([
		{ latency: 0, calls: 1, most: 1.15 },
		{ latency: 0, calls: 2, most: 1.15 },
		{ latency: 20, calls: 1, most: 1.15 },
		{ latency: 20, calls: 2, most: 1.15 },
		{ latency: 50, calls: 1, most: 1.25 },
		{ latency: 50, calls: 2, most: 1.15 },
	])(
		'two refusals show the rate to the first run, and the next runs keep to it: %j',
		async ({ latency, calls, most }) => {
			const settings = { burst: 8, latency, retryAfter } as const;
			const [first, ...next] = await inTurns(settings, 4, calls);
			expect(first?.time).toBeLessThanOrEqual(1.25);
			expect(first?.calls).toBeLessThanOrEqual(1.05);
			for (const run of next) {
				expect(run.time).toBeLessThanOrEqual(most);
				expect(run.calls).toBeLessThanOrEqual(1.02);
			}
		},
	);

	it('a bucket of one call is found out within a few refusals', async () => {
		const [first, second] = await inTurns({ burst: 1, retryAfter }, 2);
		expect(first?.calls).toBeLessThanOrEqual(1.05);
		expect(first?.time).toBeLessThanOrEqual(2.5);
		expect(second?.time).toBeLessThanOrEqual(1.5);
	});

	it('runs that follow each other at once do not take the bucket for a larger one', async () => {
		const settings = { burst: 8, perSecond: 200, latency: 2, retryAfter } as const;
		for (const run of await inTurns(settings, 4, 1, 100)) {
			expect(run.calls).toBeLessThanOrEqual(1.05);
			expect(run.time).toBeLessThanOrEqual(2.5);
		}
	});
});

describe('where each refusal asks for several seconds of silence', () => {
	/** Times the least of one who knows the limit and obeys one refusal. */
	async function runsUnder(seconds: number, settings: Partial<ServerSettings>) {
		const server = { ...BUCKET, ...settings };
		const time = new VirtualTime();
		const pace = new SharedPace(() => time.now);
		const runs = [];
		for (let run = 0; run < 3; run++) {
			const imburse = new SimulatedServer({ ...server, waitSeconds: seconds }, time);
			const { milliseconds } = await time.until(runItems(time, imburse, pace, { items: 600 }));
			const lost = Math.max(0, seconds * 1_000 - (server.burst * 1_000) / server.perSecond);
			const least = leastMs({ ...server, retryAfter: 'none' }, 600) + lost;
			runs.push({ calls: imburse.calls / 600, time: milliseconds / least });
			time.now += 5_370;
		}
		return runs;
	}

	it.each(
		[2, 5, 10, 60].flatMap((seconds) =>
			[8, 50].flatMap((burst) =>
				[20, 50, 100].map((perSecond) => ({ seconds, burst, perSecond, latency: 2 })),
			),
		),
	)('few of them come: %j', async ({ seconds, ...settings }) => {
		const [first, ...next] = await runsUnder(seconds, { ...settings, retryAfter: 'seconds' });
		expect(first?.time).toBeLessThanOrEqual(3.1);
		expect(first?.calls).toBeLessThanOrEqual(1.05);
		for (const run of next) {
			expect(run.time).toBeLessThanOrEqual(2.1);
			expect(run.calls).toBeLessThanOrEqual(1.06);
		}
	});
});

describe('200 items at 50 calls a second', () => {
	const kinds: Array<Partial<ServerSettings>> = (['tokenBucket', 'fixedWindow'] as const).flatMap(
		(kind) =>
			(['none', 'seconds', 'date'] as const).flatMap((retryAfter) =>
				[0, 50, 250].flatMap((latency) =>
					(kind === 'tokenBucket' ? [50, 8] : [50]).map((burst) => ({
						...{ kind, retryAfter, latency, burst },
					})),
				),
			),
	);
	it.each(kinds)(
		'all succeed, with few refusals, in about twice the least at most: %j',
		async (s) => {
			for (const run of await inTurns(s, 2)) {
				expect(run.succeeded).toBe(200);
				expect(run.calls).toBeLessThanOrEqual(1.2);
				// A date costs up to two seconds each time.
				expect(run.time).toBeLessThanOrEqual(s.retryAfter === 'date' ? 2.2 : 2);
			}
		},
	);
});

describe('a run never creeps', () => {
	const run = async (settings: Partial<ServerSettings>, items: number) => {
		const time = new VirtualTime();
		const server = new SimulatedServer({ ...BUCKET, ...settings }, time);
		const pace = new SharedPace(() => time.now);
		const result = await time.until(runItems(time, server, pace, { items, random: () => 0.9 }));
		return { server, ...result };
	};
	const refusal = (headers = {}) => ({ status: 429, headers, text: '' });
	/** The most in any of these seconds. */
	const best = (server: SimulatedServer, from: number, to: number) =>
		Math.max(
			...Array.from({ length: to - from }, (_, s) => server.passedInSecond((from + s) * 1000)),
		);
	const latencies = [0, 50, 250];

	it.each(
		latencies.flatMap((latency) => [
			{ latency, from: 0, headers: {} },
			{ latency, from: 1_000, headers: {} },
			{ latency, from: 1_000, headers: { 'retry-after': '1' } },
		]),
	)('after 30 seconds in which all was refused: %j', async ({ latency, from, headers }) => {
		const { server, succeeded } = await run(
			{
				...{ perSecond: 100, latency },
				respondWith: (_, ms) => (ms >= from && ms < from + 30_000 ? refusal(headers) : undefined),
			},
			3_000,
		);
		expect(succeeded).toBe(3_000);
		expect(best(server, 31, 41)).toBeGreaterThanOrEqual(80);
	});

	it.each(
		latencies.flatMap((latency) =>
			[5, 50].flatMap((burst) =>
				(['none', 'seconds'] as const).map((retryAfter) => ({ latency, burst, retryAfter })),
			),
		),
	)('when the limit falls from 100 to 5 a second and rises again: %j', async (settings) => {
		const { server, succeeded } = await run(
			{ ...settings, perSecondAt: (ms) => (ms > 10_000 && ms < 40_000 ? 5 : 100) },
			4_000,
		);
		expect(succeeded).toBe(4_000);
		expect(server.calls).toBeLessThan(4_000 * 1.12);
		expect(best(server, 40, 53)).toBeGreaterThanOrEqual(80);
	});

	it.each(latencies)('after one refusal among 1,000 calls (latency %d ms)', async (latency) => {
		const settings = { kind: 'unlimited', latency } as const;
		const smooth = await run(settings, 1_000);
		const once = await run(
			{ ...settings, respondWith: (call) => (call === 500 ? refusal() : undefined) },
			1_000,
		);
		expect(once.milliseconds / smooth.milliseconds).toBeLessThan(1.3);
		expect(once.server.calls).toBe(1_001);
	});

	it.each(latencies)(
		'after waits of a minute that single calls were told (latency %d ms)',
		async (latency) => {
			const settings = { kind: 'unlimited', latency } as const;
			const smooth = await run(settings, 1_000);
			const told = await run(
				{
					...settings,
					respondWith: (call) =>
						call === 100 || call === 200 ? refusal({ 'retry-after': '60' }) : undefined,
				},
				1_000,
			);
			const waited = told.milliseconds - smooth.milliseconds;
			expect(waited).toBeGreaterThanOrEqual(120_000);
			// Where a refusal costs a minute, the pace that went well is kept for half of one.
			expect(waited).toBeLessThan(140_000);
		},
	);

	it('when a clock is set back by an hour while Imburse is to be left alone', async () => {
		const time = new VirtualTime();
		let back = 0;
		const pace = new SharedPace(createSteadyClock(() => time.now - back));
		const respondWith = (call: number) => {
			if (call !== 50) return undefined;
			back = 3_600_000;
			return refusal({ 'retry-after': '2' });
		};
		const server = new SimulatedServer({ ...BUCKET, kind: 'unlimited', respondWith }, time);
		const { milliseconds } = await time.until(runItems(time, server, pace, { items: 100 }));
		expect(milliseconds).toBeLessThan(5_000);
	});

	it('beside a run that is stopped in the middle', async () => {
		const time = new VirtualTime();
		const pace = new SharedPace(() => time.now);
		const server = new SimulatedServer(BUCKET, time);
		const isStopped = () => server.calls > 100;
		const [stopped, other] = await time.until(
			Promise.all([
				runItems(time, server, pace, { items: 200, isStopped }),
				runItems(time, server, pace, { items: 200 }),
			]),
		);
		expect(stopped.succeeded).toBeLessThan(100);
		expect(other.succeeded).toBe(200);
		expect(other.milliseconds / leastMs(BUCKET, stopped.succeeded + 200)).toBeLessThan(1.15);
	});
});

describe('two runs at once', () => {
	const run = async (ceilings: number[], settings: Partial<ServerSettings>) => {
		const time = new VirtualTime();
		const pace = new SharedPace(() => time.now);
		const server = new SimulatedServer({ ...BUCKET, ...settings }, time);
		const runs = ceilings.map(
			async (ceiling) => await runItems(time, server, pace, { items: 200, ceiling }),
		);
		return { server, results: await time.until(Promise.all(runs)) };
	};

	it('have no more calls in flight together than one may have', async () => {
		const { server, results } = await run([50, 50, 50, 50], { kind: 'unlimited', latency: 250 });
		expect(results.map(({ succeeded }) => succeeded)).toEqual([200, 200, 200, 200]);
		expect(server.mostInFlight).toBe(50);
	});

	it('take turns, so that they end at about the same time', async () => {
		const { results } = await run([50, 50], { kind: 'unlimited', latency: 250 });
		const [first, second] = results.map(({ milliseconds }) => milliseconds);
		expect(Math.abs(first! / second! - 1)).toBeLessThan(0.1);
	});

	it('go by the lower ceiling of the two', async () => {
		const { server } = await run([50, 3], { kind: 'unlimited', latency: 250 });
		expect(server.mostInFlight).toBe(3);
	});

	it('share one limit of the rate', async () => {
		const { server, results } = await run([50, 50], {});
		expect(results.map(({ succeeded }) => succeeded)).toEqual([200, 200]);
		expect(server.calls / 400).toBeLessThanOrEqual(1.05);
		const longest = Math.max(...results.map(({ milliseconds }) => milliseconds));
		expect(longest / leastMs(BUCKET, 400)).toBeLessThanOrEqual(1.15);
	});
});

describe('the pace that a run has found', () => {
	it('is where the next run begins', async () => {
		const time = new VirtualTime();
		const pace = new SharedPace(() => time.now);
		const settings: ServerSettings = { ...BUCKET, kind: 'unlimited', latency: 250 };
		const run = async () =>
			await time.until(runItems(time, new SimulatedServer(settings, time), pace, { items: 100 }));
		const [first, second] = [await run(), await run()];
		expect(second.milliseconds).toBeLessThan(first.milliseconds / 2);
	});

	it('is one for each host and account, for an hour without use', () => {
		const at = (url: string, account: string, now: number) => sharedPace(url, account, () => now);
		const pace = at('https://a.example/api', 'A-1', 0);
		expect(at('https://a.example/other', 'A-1', 1)).toBe(pace);
		expect(at('https://a.example/api', 'A-2', 1)).not.toBe(pace);
		expect(at('https://b.example/api', 'A-1', 1)).not.toBe(pace);
		expect(at('https://a.example/api', 'A-1', 3_600_001)).toBe(pace);
		expect(at('https://a.example/api', 'A-1', 7_200_002)).not.toBe(pace);
	});

	it('goes by the clock that the process has now, as its waits do', () => {
		const pace = sharedPace('https://clock.example', 'A-1');
		const before = pace.now();
		const replaced = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		expect(pace.now() - before).toBeGreaterThanOrEqual(60_000);
		replaced.mockRestore();
	});

	it('is not forgotten while a run goes on', () => {
		const clock = { sleep: async () => {}, isStopped: () => false, random: () => 1 };
		const pace = sharedPace('https://long.example', 'A-1', () => 0);
		const limiter = new RateLimiter(1, clock, pace, () => 1);
		expect(sharedPace('https://long.example', 'A-1', () => 36_000_000)).toBe(pace);
		limiter.close();
	});
});
