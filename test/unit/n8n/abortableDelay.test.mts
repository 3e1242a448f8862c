import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { abortableDelay } from '../../../nodes/Imburse/n8n/abortableDelay.ts';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Whether the delay has ended after so many milliseconds. */
async function hasEndedAfter(milliseconds: number, delay: Promise<void>): Promise<boolean> {
	let hasEnded = false;
	void delay.then(() => (hasEnded = true));
	await jest.advanceTimersByTimeAsync(milliseconds);
	return hasEnded;
}

it.each([
	['with a signal', new AbortController().signal],
	['without one', undefined],
])('waits as long as it is told to, %s', async (_, signal) => {
	const delay = abortableDelay(1_000, signal);
	expect(await hasEndedAfter(999, delay)).toBe(false);
	expect(await hasEndedAfter(1, delay)).toBe(true);
});

it('ends at once when the run is stopped', async () => {
	const stop = new AbortController();
	const delay = abortableDelay(1_000, stop.signal);
	expect(await hasEndedAfter(10, delay)).toBe(false);
	stop.abort();
	expect(await hasEndedAfter(0, delay)).toBe(true);
});

it('does not begin when the run was stopped before', async () => {
	expect(await hasEndedAfter(0, abortableDelay(1_000, AbortSignal.abort()))).toBe(true);
	expect(jest.getTimerCount()).toBe(0);
});

it('listens no longer to a run that goes on: thousands of delays share one signal', async () => {
	const { signal } = new AbortController();
	const added = jest.spyOn(signal, 'addEventListener');
	const removed = jest.spyOn(signal, 'removeEventListener');
	await hasEndedAfter(1_000, abortableDelay(1_000, signal));
	expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
		added.mock.calls.map(([, listener]) => listener),
	);
	expect(added).toHaveBeenCalledTimes(1);
});
