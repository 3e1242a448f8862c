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
const RULES: DeduplicationOptions = { windowMs: 72 * HOUR, waitsForWorkflow: false };

/** What n8n stores of the trigger; every process reads and writes it. */
let database: string;

/** One n8n process: what it remembers, and how it answers. */
class Process {
	memory = new InMemoryStates();

	/** Claims, and stores what n8n would store when it has started the workflow. */
	claim(keys: string[], now = NOW, rules: Partial<DeduplicationOptions> = {}, isStored = true) {
		const staticData = JSON.parse(database) as Record<string, never>;
		const stored = readStoredStates(staticData);
		const before = JSON.stringify([
			this.memory.entriesIn('pending'),
			[...stored.delivered],
			[...stored.pending],
		]);
		const claim = deduplicateEvents(
			keys,
			{ inMemory: this.memory, stored },
			{ ...RULES, ...rules },
			now,
		);
		if (claim.kind === 'pending') {
			const after = [this.memory.entriesIn('pending'), [...stored.delivered], [...stored.pending]];
			expect(JSON.stringify(after)).toBe(before);
			return claim;
		}
		writeStoredStates(staticData, stored);
		if (isStored) database = JSON.stringify(staticData);
		return claim;
	}

	answer(hashes: string[], fate: 'delivered' | 'failed', now = NOW) {
		for (const hash of hashes) this.memory.set(hash, fate, now);
	}

	/** Claims and answers with a success. */
	take(keys: string[], now = NOW, rules: Partial<DeduplicationOptions> = {}) {
		const claim = this.claim(keys, now, rules);
		if (claim.kind === 'deduplicated') this.answer(claim.hashes, 'delivered', now);
		return claim;
	}
}

function freshOf(claim: ReturnType<Process['claim']>) {
	return claim.kind === 'deduplicated' ? claim.isNew : claim.kind;
}

function hashesOf(claim: ReturnType<Process['claim']>) {
	return claim.kind === 'deduplicated' ? claim.hashes : [];
}

let one: Process;
beforeEach(() => {
	database = '{}';
	one = new Process();
});

describe('events', () => {
	it('are new once', () => {
		expect(freshOf(one.take(['a', 'b']))).toEqual([true, true]);
		expect(freshOf(one.take(['a', 'b']))).toEqual([false, false]);
		expect(freshOf(one.take(['b', 'c', 'a']))).toEqual([false, true, false]);
	});

	it('that come twice in one delivery are one', () => {
		expect(freshOf(one.take(['a', 'b', 'a', 'a']))).toEqual([true, true, false, false]);
	});

	it('are new again after the window', () => {
		one.take(['a']);
		expect(freshOf(one.take(['a'], NOW + 72 * HOUR))).toEqual([false]);
		expect(freshOf(one.take(['a'], NOW + 72 * HOUR + 1001))).toEqual([true]);
		expect(freshOf(one.take(['a'], NOW + 74 * HOUR, { windowMs: HOUR }))).toEqual([true]);
	});

	it('by the ten thousand are told apart in a moment', () => {
		const keys = Array.from({ length: 50_000 }, (_, index) => `event ${index}`);
		const claim = one.claim([...keys, ...keys]);
		expect(hashesOf(claim)).toHaveLength(50_000);
		expect(new Set(hashesOf(claim)).size).toBe(50_000);
	});

	it('of no delivery are none', () => {
		expect(one.claim([])).toEqual({ kind: 'deduplicated', isNew: [], hashes: [] });
	});
});

describe('an event that is under way', () => {
	it('holds up the whole delivery, and nothing of it is marked', () => {
		one.claim(['b']);
		expect(one.claim(['a', 'b', 'c'])).toEqual({ kind: 'pending', eventKey: 'b' });
		expect(freshOf(one.claim(['a', 'c']))).toEqual([true, true]);
	});

	it('is known when it has ended well', () => {
		const claim = one.claim(['a']);
		one.answer(hashesOf(claim), 'delivered');
		expect(freshOf(one.claim(['a', 'b']))).toEqual([false, true]);
	});

	it('is new again when it was refused, though it was stored', () => {
		const claim = one.claim(['a']);
		one.answer(hashesOf(claim), 'failed');
		expect(freshOf(one.take(['a']))).toEqual([true]);
		expect(freshOf(one.take(['a']))).toEqual([false]);
		expect(freshOf(new Process().claim(['a']))).toEqual([false]);
	});

	it('is new again when its caller went away before n8n stored it', () => {
		const claim = one.claim(['a'], NOW, {}, false);
		for (const hash of hashesOf(claim)) one.memory.delete(hash);
		expect(freshOf(one.claim(['a']))).toEqual([true]);
	});

	it('is known when its caller went away after n8n stored it', () => {
		const claim = one.claim(['a']);
		for (const hash of hashesOf(claim)) one.memory.delete(hash);
		expect(freshOf(one.claim(['a']))).toEqual([false]);
	});
});

describe('a second process', () => {
	it('knows what the first one has taken', () => {
		one.take(['a']);
		const other = new Process();
		expect(freshOf(other.take(['a', 'b']))).toEqual([false, true]);
		expect(freshOf(one.take(['b']))).toEqual([false]);
	});

	it('waits for what the first has not ended, and takes it over when that is lost', () => {
		const rules = { waitsForWorkflow: true };
		one.claim(['a'], NOW, rules);
		const other = new Process();
		expect(other.claim(['x', 'a'], NOW + 1000, rules)).toEqual({ kind: 'pending', eventKey: 'a' });
		expect(other.claim(['a'], NOW + LEASE_MS - 1, rules)).toEqual({
			kind: 'pending',
			eventKey: 'a',
		});
		expect(freshOf(other.claim(['a'], NOW + LEASE_MS, rules))).toEqual([true]);
	});

	it('learns of the end from what the first stores next', () => {
		const rules = { waitsForWorkflow: true };
		one.take(['a'], NOW, rules);
		one.take(['b'], NOW + 1000, rules);
		expect(freshOf(new Process().claim(['a'], NOW + 2000, rules))).toEqual([false]);
	});

	it('is not undone by a refusal of the first that is older', () => {
		const refused = one.claim(['a']);
		one.answer(hashesOf(refused), 'failed', NOW + 100);
		const other = new Process();
		one.take(['x'], NOW + 200);
		expect(freshOf(other.take(['a'], NOW + 5000))).toEqual([true]);
		one.take(['y'], NOW + 6000);
		expect(freshOf(one.claim(['a'], NOW + 7000))).toEqual([false]);
		expect(freshOf(new Process().claim(['a'], NOW + 8000))).toEqual([false]);
	});

	it('loses nothing to a first that wrote at the same moment', () => {
		const stale = database;
		one.take(['a']);
		database = stale;
		const other = new Process();
		other.take(['b']);
		one.take(['c'], NOW + 1000);
		expect(freshOf(new Process().claim(['a', 'b', 'c'], NOW + 2000))).toEqual([
			false,
			false,
			false,
		]);
	});
});

describe('what is stored', () => {
	it('holds neither references nor more than the newest thousand', () => {
		for (let index = 0; index < 60; index++) {
			const keys = Array.from({ length: 50 }, (_, each) => `sandbox/tenant/ORDER-${index}/${each}`);
			one.take(keys, NOW + index * 1000);
		}
		expect(database).not.toMatch(/ORDER|tenant/);
		expect(readStoredStates(JSON.parse(database) as Record<string, never>).delivered.size).toBe(
			1000,
		);
		expect(database.length).toBeLessThan(60_000);
		expect(freshOf(new Process().claim(['sandbox/tenant/ORDER-59/49'], NOW + HOUR))).toEqual([
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
		expect(freshOf(one.take(['a', '__proto__', 'constructor']))).toEqual([true, true, true]);
		expect(freshOf(new Process().take(['a', '__proto__', 'constructor']))).toEqual([
			false,
			false,
			false,
		]);
	});
});
