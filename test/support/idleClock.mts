import { afterAll, beforeAll } from '@jest/globals';
import { ClientRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import { install, type Clock } from '@sinonjs/fake-timers';

/** How much faster time goes by while the process has nothing to do. */
const HASTE = 100;
/** Milliseconds, by a real clock. */
const LOOK_EVERY = 1;

/**
 * Lets time go by only while the process is idle, and then a hundred times as fast. So nobody waits
 * for the seconds that the node, n8n and the sandbox wait; and a slow machine is not taken for an
 * answer that does not come, since all of them stand in this process and go by the one clock.
 */
export function useIdleClock(): void {
	let stop = (): void => {};
	beforeAll(() => {
		stop = startIdleClock();
	});
	afterAll(() => stop());
}

/** @returns what gives the real time back */
export function startIdleClock(): () => void {
	const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
	const clock = install({
		now: Date.now(),
		toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
		shouldClearNativeTimers: true,
	});
	const giveBackTimeLimits = putTimeLimitsOnTheClock();
	let idleTime = performance.eventLoopUtilization().idle;
	/** Time that may go by, as soon as it reaches to the next timer. */
	let lead = 0;
	const look = (): void => {
		const { idle } = performance.eventLoopUtilization();
		lead += (idle - idleTime) * HASTE;
		idleTime = idle;
		if (untilNextTimer(clock) <= lead) {
			lead = 0;
			clock.next();
		}
		looking = realSetTimeout(look, LOOK_EVERY);
	};
	let looking = realSetTimeout(look, LOOK_EVERY);
	return () => {
		realClearTimeout(looking);
		giveBackTimeLimits();
		clock.uninstall();
	};
}

function untilNextTimer({ timers = new Map(), now }: Clock): number {
	return Math.min(...[...timers.values()].map(({ callAt }) => (callAt ?? Infinity) - now));
}

/** Node keeps the time limits of HTTP calls and signals by a clock of its own. */
function putTimeLimitsOnTheClock(): () => void {
	const own = Reflect.getOwnPropertyDescriptor(ClientRequest.prototype, 'setTimeout');
	ClientRequest.prototype.setTimeout = function (milliseconds, onTimeout) {
		if (onTimeout) this.once('timeout', onTimeout);
		const timer = setTimeout(() => this.emit('timeout'), milliseconds);
		this.once('close', () => clearTimeout(timer));
		return this;
	};
	const ownTimeout = Reflect.getOwnPropertyDescriptor(AbortSignal, 'timeout');
	AbortSignal.timeout = (milliseconds) => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), milliseconds);
		return controller.signal;
	};
	return () => {
		Reflect.defineProperty(ClientRequest.prototype, 'setTimeout', own!);
		Reflect.defineProperty(AbortSignal, 'timeout', ownTimeout!);
	};
}
