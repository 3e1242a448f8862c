import { beforeEach, describe, expect, it } from '@jest/globals';
import {
	deduplicateEvents,
	type DeduplicationOptions,
} from '../../../../nodes/Imburse/webhook/deduplicate/deduplicateEvents.ts';
import {
	LEASE_MS,
	InMemoryStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/inMemoryStates.ts';
import {
	readStoredStates,
	writeStoredStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/storedStates.ts';
import { NOW } from '../deliveries.mts';

const HOUR = 3_600_000;
const OPTIONS: DeduplicationOptions = { windowMs: 72 * HOUR, waitsForWorkflow: false };

/** What n8n stores of the trigger; every process reads and writes it. */
let database: string;

/** One n8n process: the states that it knows, and how it responds. */
class Process {
	states = new InMemoryStates();

	/** De-duplicates, and stores what n8n would store after it has started the workflow. */
	receive(keys: string[], now = NOW, options: Partial<DeduplicationOptions> = {}, isStored = true) {
		const staticData = JSON.parse(database) as Record<string, never>;
		const stored = readStoredStates(staticData);
		const before = JSON.stringify([
			this.states.entriesIn('pending'),
			[...stored.delivered],
			[...stored.pending],
		]);
		const result = deduplicateEvents(
			keys,
			{ inMemory: this.states, stored },
			{ ...OPTIONS, ...options },
			now,
		);
		if (result.kind === 'pending') {
			const after = [this.states.entriesIn('pending'), [...stored.delivered], [...stored.pending]];
			expect(JSON.stringify(after)).toBe(before);
			return result;
		}
		writeStoredStates(staticData, stored);
		if (isStored) database = JSON.stringify(staticData);
		return result;
	}

	respond(hashes: string[], state: 'delivered' | 'failed', now = NOW) {
		for (const hash of hashes) this.states.set(hash, state, now);
	}

	/** De-duplicates, and responds with a success. */
	deliver(keys: string[], now = NOW, options: Partial<DeduplicationOptions> = {}) {
		const result = this.receive(keys, now, options);
		if (result.kind === 'deduplicated') this.respond(result.newHashes, 'delivered', now);
		return result;
	}
}

function isNewOf(result: ReturnType<Process['receive']>) {
	return result.kind === 'deduplicated' ? result.isNew : result.kind;
}

function newHashesOf(result: ReturnType<Process['receive']>) {
	return result.kind === 'deduplicated' ? result.newHashes : [];
}

let one: Process;
beforeEach(() => {
	database = '{}';
	one = new Process();
});

describe('events', () => {
	it('are new once', () => {
		expect(isNewOf(one.deliver(['a', 'b']))).toEqual([true, true]);
		expect(isNewOf(one.deliver(['a', 'b']))).toEqual([false, false]);
		expect(isNewOf(one.deliver(['b', 'c', 'a']))).toEqual([false, true, false]);
	});

	it('that come twice in one delivery are one', () => {
		expect(isNewOf(one.deliver(['a', 'b', 'a', 'a']))).toEqual([true, true, false, false]);
	});

	it('are new again after the window', () => {
		one.deliver(['a']);
		expect(isNewOf(one.deliver(['a'], NOW + 72 * HOUR))).toEqual([false]);
		expect(isNewOf(one.deliver(['a'], NOW + 72 * HOUR + 1001))).toEqual([true]);
		expect(isNewOf(one.deliver(['a'], NOW + 74 * HOUR, { windowMs: HOUR }))).toEqual([true]);
	});

	it('are told apart quickly, 50,000 of them', () => {
		const keys = Array.from({ length: 50_000 }, (_, index) => `event ${index}`);
		const result = one.receive([...keys, ...keys]);
		expect(newHashesOf(result)).toHaveLength(50_000);
		expect(new Set(newHashesOf(result)).size).toBe(50_000);
	});

	it('are none in an empty delivery', () => {
		expect(one.receive([])).toEqual({ kind: 'deduplicated', isNew: [], newHashes: [] });
	});
});

describe('a pending event', () => {
	it('defers the whole delivery, and none of its events is marked', () => {
		one.receive(['b']);
		expect(one.receive(['a', 'b', 'c'])).toEqual({ kind: 'pending', eventKey: 'b' });
		expect(isNewOf(one.receive(['a', 'c']))).toEqual([true, true]);
	});

	it('is known when it was delivered', () => {
		const result = one.receive(['a']);
		one.respond(newHashesOf(result), 'delivered');
		expect(isNewOf(one.receive(['a', 'b']))).toEqual([false, true]);
	});

	it('is new again when its delivery failed, although it was stored', () => {
		const result = one.receive(['a']);
		one.respond(newHashesOf(result), 'failed');
		expect(isNewOf(one.deliver(['a']))).toEqual([true]);
		expect(isNewOf(one.deliver(['a']))).toEqual([false]);
		expect(isNewOf(new Process().receive(['a']))).toEqual([false]);
	});

	it('is new again when its caller disconnected before n8n stored it', () => {
		const result = one.receive(['a'], NOW, {}, false);
		for (const hash of newHashesOf(result)) one.states.delete(hash);
		expect(isNewOf(one.receive(['a']))).toEqual([true]);
	});

	it('is known when its caller disconnected after n8n stored it', () => {
		const result = one.receive(['a']);
		for (const hash of newHashesOf(result)) one.states.delete(hash);
		expect(isNewOf(one.receive(['a']))).toEqual([false]);
	});
});

describe('a second process', () => {
	it('knows what was delivered in the first one', () => {
		one.deliver(['a']);
		const other = new Process();
		expect(isNewOf(other.deliver(['a', 'b']))).toEqual([false, true]);
		expect(isNewOf(one.deliver(['b']))).toEqual([false]);
	});

	it('waits for an event that is pending in the first one, and takes it over when that is lost', () => {
		const options = { waitsForWorkflow: true };
		one.receive(['a'], NOW, options);
		const other = new Process();
		expect(other.receive(['x', 'a'], NOW + 1000, options)).toEqual({
			kind: 'pending',
			eventKey: 'a',
		});
		expect(other.receive(['a'], NOW + LEASE_MS - 1, options)).toEqual({
			kind: 'pending',
			eventKey: 'a',
		});
		expect(isNewOf(other.receive(['a'], NOW + LEASE_MS, options))).toEqual([true]);
	});

	it('learns of the delivery from what the first one stores next', () => {
		const options = { waitsForWorkflow: true };
		one.deliver(['a'], NOW, options);
		one.deliver(['b'], NOW + 1000, options);
		expect(isNewOf(new Process().receive(['a'], NOW + 2000, options))).toEqual([false]);
	});

	it('keeps its delivered event when an older delivery failed in the first one', () => {
		const failed = one.receive(['a']);
		one.respond(newHashesOf(failed), 'failed', NOW + 100);
		const other = new Process();
		one.deliver(['x'], NOW + 200);
		expect(isNewOf(other.deliver(['a'], NOW + 5000))).toEqual([true]);
		one.deliver(['y'], NOW + 6000);
		expect(isNewOf(one.receive(['a'], NOW + 7000))).toEqual([false]);
		expect(isNewOf(new Process().receive(['a'], NOW + 8000))).toEqual([false]);
	});

	it('loses nothing when the first one stored at the same moment', () => {
		const stale = database;
		one.deliver(['a']);
		database = stale;
		const other = new Process();
		other.deliver(['b']);
		one.deliver(['c'], NOW + 1000);
		expect(isNewOf(new Process().receive(['a', 'b', 'c'], NOW + 2000))).toEqual([
			false,
			false,
			false,
		]);
	});
});

describe('what is stored', () => {
	it('contains no references, and at most the newest thousand', () => {
		for (let index = 0; index < 60; index++) {
			const keys = Array.from({ length: 50 }, (_, each) => `sandbox/tenant/ORDER-${index}/${each}`);
			one.deliver(keys, NOW + index * 1000);
		}
		expect(database).not.toMatch(/ORDER|tenant/);
		expect(readStoredStates(JSON.parse(database) as Record<string, never>).delivered.size).toBe(
			1000,
		);
		expect(database.length).toBeLessThan(60_000);
		expect(isNewOf(new Process().receive(['sandbox/tenant/ORDER-59/49'], NOW + HOUR))).toEqual([
			false,
		]);
	});

	it.each([
		'null',
		'[]',
		'"text"',
		'7',
		'{"seen":null,"pending":[]}',
		'{"seen":"text","pending":{"x":"y"}}',
		'{"seen":{"a":null,"b":"1","c":{},"__proto__":{"d":1},"constructor":"e"}}',
		'{"seen":{"__proto__":1796040000}}',
	])('may be anything: %s', (events) => {
		database = `{"events":${events}}`;
		expect(isNewOf(one.deliver(['a', '__proto__', 'constructor']))).toEqual([true, true, true]);
		expect(isNewOf(new Process().deliver(['a', '__proto__', 'constructor']))).toEqual([
			false,
			false,
			false,
		]);
	});
});
