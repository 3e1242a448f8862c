import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest } from '../../../../nodes/Imburse/n8n/digest.ts';
import {
	deduplicateEvents,
	statesToStore,
	type StoreOptions,
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
const OPTIONS: StoreOptions = { windowMs: 72 * HOUR, waitsForWorkflow: false };
const WAITING = { ...OPTIONS, waitsForWorkflow: true };

/** What n8n stores of the trigger; every process reads and writes it. */
let database: string;

/** One n8n process: the states that it knows, and how it responds. */
class Process {
	states = new InMemoryStates();

	/** Stores what n8n stores of the last delivery that it received. */
	store = () => {};

	receive(keys: string[], now = NOW, { windowMs, waitsForWorkflow } = OPTIONS) {
		const stored = readStoredStates(JSON.parse(database) as Record<string, never>);
		const known = { inMemory: this.states, stored };
		const before = JSON.stringify([this.states.entriesIn('pending'), [...stored.pending]]);
		const result = deduplicateEvents(keys.map(digest), known, windowMs, now);
		if (result.kind === 'pending') {
			const after = [this.states.entriesIn('pending'), [...stored.pending]];
			expect(JSON.stringify(after)).toBe(before);
			return result;
		}
		this.store = () => {
			const staticData = {};
			const options = { windowMs, waitsForWorkflow };
			writeStoredStates(staticData, () => statesToStore(result.newHashes, known, options, now));
			database = JSON.stringify(staticData);
		};
		return result;
	}

	respond(hashes: string[], state: 'delivered' | 'failed', now = NOW) {
		for (const hash of hashes) this.states.set(hash, state, now);
	}

	/** De-duplicates, stores, and responds with a success. */
	deliver(keys: string[], now = NOW, options = OPTIONS) {
		const result = this.receive(keys, now, options);
		this.store();
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
		expect(isNewOf(one.deliver(['a'], NOW + 74 * HOUR, { ...OPTIONS, windowMs: HOUR }))).toEqual([
			true,
		]);
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
		expect(one.receive(['a', 'b', 'c'])).toEqual({ kind: 'pending', index: 1 });
		expect(isNewOf(one.receive(['a', 'c']))).toEqual([true, true]);
	});

	it('is known when it was delivered', () => {
		const result = one.receive(['a']);
		one.respond(newHashesOf(result), 'delivered');
		expect(isNewOf(one.receive(['a', 'b']))).toEqual([false, true]);
	});

	it('is new again when its delivery failed, although it was stored', () => {
		const result = one.receive(['a']);
		one.store();
		one.respond(newHashesOf(result), 'failed');
		expect(isNewOf(one.deliver(['a']))).toEqual([true]);
		expect(isNewOf(one.deliver(['a']))).toEqual([false]);
		expect(isNewOf(new Process().receive(['a']))).toEqual([false]);
	});

	it('stays pending after its caller has disconnected, until n8n has stored it', () => {
		const result = one.receive(['a']);
		for (const hash of newHashesOf(result)) one.states.expectLateResponse(hash, () => undefined);
		expect(isNewOf(one.receive(['a']))).toBe('pending');
		one.store();
		expect(isNewOf(one.receive(['a']))).toEqual([false]);
	});
});

describe('deliveries at the same moment', () => {
	it('do not overwrite each other, whichever is stored last', () => {
		one.receive(['a']);
		const storeFirst = one.store;
		one.receive(['b']);
		const storeSecond = one.store;
		storeSecond();
		storeFirst();
		expect(isNewOf(new Process().receive(['a', 'b']))).toEqual([false, false]);
	});

	it('do not store an event as delivered for which n8n may not start the workflow', () => {
		one.receive(['a']);
		const storeFirst = one.store;
		one.receive(['b']);
		storeFirst();
		const other = new Process();
		expect(isNewOf(other.receive(['a', 'b'], NOW + 1000))).toBe('pending');
		expect(isNewOf(other.receive(['a', 'b'], NOW + LEASE_MS))).toEqual([false, true]);
	});

	it('do not bring back an event whose delivery has failed meanwhile', () => {
		one.receive(['a']);
		const storeFirst = one.store;
		const second = one.receive(['b']);
		one.respond(newHashesOf(second), 'failed');
		storeFirst();
		expect(isNewOf(new Process().receive(['a', 'b']))).toEqual([false, true]);
	});

	it('keep what ended while the workflow of another one ran', () => {
		one.receive(['slow'], NOW, WAITING);
		const storeSlow = one.store;
		for (const key of ['a', 'b']) one.deliver([key], NOW + 1000, WAITING);
		storeSlow();
		const other = new Process();
		expect(isNewOf(other.receive(['a', 'b'], NOW + 2000, WAITING))).toEqual([false, false]);
		expect(isNewOf(other.receive(['slow'], NOW + 2000, WAITING))).toBe('pending');
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
		one.receive(['a'], NOW, WAITING);
		one.store();
		const other = new Process();
		expect(other.receive(['x', 'a'], NOW + 1000, WAITING)).toEqual({
			kind: 'pending',
			index: 1,
		});
		expect(other.receive(['a'], NOW + LEASE_MS - 1, WAITING)).toEqual({
			kind: 'pending',
			index: 0,
		});
		expect(isNewOf(other.receive(['a'], NOW + LEASE_MS, WAITING))).toEqual([true]);
	});

	it('learns of the delivery from what the first one stores next', () => {
		one.deliver(['a'], NOW, WAITING);
		one.deliver(['b'], NOW + 1000, WAITING);
		expect(isNewOf(new Process().receive(['a'], NOW + 2000, WAITING))).toEqual([false]);
	});

	it('keeps its delivered event when an older delivery failed in the first one', () => {
		const failed = one.receive(['a']);
		one.store();
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
