import { describe, expect, it } from '@jest/globals';
import {
	LEASE_MS,
	inMemoryStatesOf,
	InMemoryStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/inMemoryStates.ts';
import { NOW } from '../deliveries.mts';

describe('a memory', () => {
	it('knows the last fate of each event', () => {
		const memory = new InMemoryStates();
		expect(memory.get('a', NOW)).toBeUndefined();
		memory.set('a', 'pending', NOW);
		expect(memory.get('a', NOW)).toBe('pending');
		memory.set('a', 'delivered', NOW + 1);
		expect(memory.get('a', NOW)).toBe('delivered');
		expect(memory.entriesIn('pending')).toEqual([]);
		expect(memory.entriesIn('delivered')).toEqual([['a', NOW + 1]]);
		memory.delete('a');
		expect(memory.get('a', NOW)).toBeUndefined();
	});

	it('drops what is older than the window, and nothing that is under way', () => {
		const memory = new InMemoryStates();
		memory.set('old', 'delivered', NOW - 1);
		memory.set('refused', 'failed', NOW - 1);
		memory.set('under way', 'pending', NOW - 1);
		memory.set('new', 'delivered', NOW);
		memory.prune(NOW, NOW);
		const fates = ['old', 'failed', 'under way', 'new'].map((hash) => memory.get(hash, NOW));
		expect(fates).toEqual([undefined, undefined, 'pending', 'delivered']);
	});

	it('gives up what is under way when its lease is over', () => {
		const memory = new InMemoryStates();
		memory.set('under way', 'pending', NOW);
		expect(memory.get('under way', NOW + LEASE_MS - 1)).toBe('pending');
		expect(memory.get('under way', NOW + LEASE_MS)).toBeUndefined();
		memory.prune(NOW, NOW + LEASE_MS);
		expect(memory.entriesIn('pending')).toEqual([]);
	});

	it('leaves an event open until it is known how its delivery was answered', () => {
		const memory = new InMemoryStates();
		const answers = new Map<string, boolean>();
		for (const hash of ['good', 'bad', 'none']) {
			memory.set(hash, 'pending', NOW);
			memory.expectLateResponse(hash, () => answers.get(hash));
		}
		memory.readLateResponses(NOW + 1);
		expect(memory.entriesIn('pending')).toHaveLength(3);
		answers.set('good', true).set('bad', false);
		memory.readLateResponses(NOW + 2);
		expect(memory.entriesIn('delivered')).toEqual([['good', NOW + 2]]);
		expect(memory.entriesIn('failed')).toEqual([['bad', NOW + 2]]);
		expect(memory.entriesIn('pending')).toEqual([['none', NOW]]);
		answers.set('good', false);
		memory.readLateResponses(NOW + 3);
		expect(memory.get('good', NOW + 3)).toBe('delivered');
	});

	it('leaves nothing open that is not under way', () => {
		const memory = new InMemoryStates();
		memory.set('taken', 'delivered', NOW);
		memory.expectLateResponse('taken', () => false);
		memory.expectLateResponse('unknown', () => true);
		memory.readLateResponses(NOW);
		expect(memory.entriesIn('delivered')).toEqual([['taken', NOW]]);
		expect(memory.entriesIn('failed')).toEqual([]);
	});

	it('holds 5,000 events at most, the newest, beside those under way', () => {
		const memory = new InMemoryStates();
		memory.set('under way', 'pending', NOW);
		for (let index = 0; index < 6000; index++) memory.set(`e${index}`, 'delivered', NOW);
		memory.prune(NOW, NOW);
		expect(memory.get('under way', NOW)).toBe('pending');
		expect(memory.entriesIn('delivered')).toHaveLength(4999);
		expect(memory.get('e5999', NOW)).toBe('delivered');
		expect(memory.get('e1000', NOW)).toBeUndefined();
	});
});

describe('the memory of a trigger', () => {
	it('is one for all its calls, and another for every other trigger', () => {
		inMemoryStatesOf('workflow/node').set('a', 'delivered', NOW);
		expect(inMemoryStatesOf('workflow/node').get('a', NOW)).toBe('delivered');
		expect(inMemoryStatesOf('workflow/other').get('a', NOW)).toBeUndefined();
	});

	it('is dropped when a thousand other triggers were called since', () => {
		inMemoryStatesOf('often').set('a', 'delivered', NOW);
		inMemoryStatesOf('seldom').set('a', 'delivered', NOW);
		for (let index = 0; index < 1000; index++) {
			inMemoryStatesOf(`trigger ${index}`);
			inMemoryStatesOf('often');
		}
		expect(inMemoryStatesOf('often').get('a', NOW)).toBe('delivered');
		expect(inMemoryStatesOf('seldom').get('a', NOW)).toBeUndefined();
	});
});
