import { describe, expect, it } from '@jest/globals';
import { RateLimiter } from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import {
	SharedPace,
	sharedPace,
} from '../../../../nodes/Imburse/execution/concurrency/sharedPace.ts';
import { runItems, SimulatedServer, VirtualTime, type ServerSettings } from './simulatedServer.mts';

const PER_SECOND = 50;
const BUCKET: ServerSettings = {
	kind: 'tokenBucket',
	perSecond: PER_SECOND,
	burst: 50,
	retryAfter: 'none',
	latency: 0,
	work: 1.5,
};

/** Two runs of 200 items, one after the other; what each took of the least possible. */
async function twice(settings: Partial<ServerSettings>, calls = 1) {
	const server = { ...BUCKET, ...settings };
	const time = new VirtualTime();
	const pace = new SharedPace();
	const needed = 200 * calls;
	const least = ((needed - server.burst) / PER_SECOND) * 1000 + server.latency;
	const runs = [];
	for (let run = 0; run < 2; run++) {
		const imburse = new SimulatedServer(server, time);
		const { milliseconds, succeeded } = await time.until(
			runItems(time, imburse, pace, { items: 200, calls }),
		);
		runs.push({ succeeded, calls: imburse.calls / needed, time: milliseconds / least });
		time.now += 5_000;
	}
	return runs as [(typeof runs)[number], (typeof runs)[number]];
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
			for (const run of await twice({ burst }, calls)) {
				expect(run.succeeded).toBe(200);
				expect(run.calls).toBeLessThanOrEqual(1.05);
				expect(run.time).toBeLessThanOrEqual(1.15);
			}
		},
	);
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
	it.each(kinds)('all succeed, with few refusals: %j', async (settings) => {
		for (const run of await twice(settings)) {
			expect(run.succeeded).toBe(200);
			expect(run.calls).toBeLessThanOrEqual(1.2);
		}
	});
});

describe('two runs at once', () => {
	const run = async (ceilings: number[], settings: Partial<ServerSettings>) => {
		const time = new VirtualTime();
		const pace = new SharedPace();
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
		const least = ((400 - 50) / PER_SECOND) * 1000;
		const longest = Math.max(...results.map(({ milliseconds }) => milliseconds));
		expect(longest / least).toBeLessThanOrEqual(1.15);
	});
});

describe('the pace that a run has found', () => {
	it('is where the next run begins', async () => {
		const time = new VirtualTime();
		const pace = new SharedPace();
		const settings: ServerSettings = { ...BUCKET, kind: 'unlimited', latency: 250 };
		const run = async () =>
			await time.until(runItems(time, new SimulatedServer(settings, time), pace, { items: 100 }));
		const [first, second] = [await run(), await run()];
		expect(second.milliseconds).toBeLessThan(first.milliseconds / 2);
	});

	it('is one for each host and account, for an hour without use', () => {
		const pace = sharedPace('https://a.example/api', 'A-1', 0);
		expect(sharedPace('https://a.example/other', 'A-1', 1)).toBe(pace);
		expect(sharedPace('https://a.example/api', 'A-2', 1)).not.toBe(pace);
		expect(sharedPace('https://b.example/api', 'A-1', 1)).not.toBe(pace);
		expect(sharedPace('https://a.example/api', 'A-1', 3_600_001)).toBe(pace);
		expect(sharedPace('https://a.example/api', 'A-1', 7_200_002)).not.toBe(pace);
	});

	it('is not forgotten while a run goes on', () => {
		const clock = { now: () => 0, sleep: async () => {}, isStopped: () => false, random: () => 1 };
		const pace = sharedPace('https://long.example', 'A-1', 0);
		const limiter = new RateLimiter(1, clock, pace);
		expect(sharedPace('https://long.example', 'A-1', 36_000_000)).toBe(pace);
		limiter.close();
	});
});
