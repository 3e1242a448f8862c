import { describe, expect, it } from '@jest/globals';
import {
	LEASE_MS,
	inMemoryStatesOf,
	InMemoryStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/inMemoryStates.ts';
import { NOW } from '../deliveries.mts';

describe('the states in memory', () => {
	it('contain the last state of each event', () => {
		const states = new InMemoryStates();
		expect(states.get('a', NOW)).toBeUndefined();
		states.set('a', 'pending', NOW);
		expect(states.get('a', NOW)).toBe('pending');
		states.set('a', 'delivered', NOW + 1);
		expect(states.get('a', NOW)).toBe('delivered');
		expect(states.entriesIn('pending')).toEqual([]);
		expect(states.entriesIn('delivered')).toEqual([['a', NOW + 1]]);
		states.delete('a');
		expect(states.get('a', NOW)).toBeUndefined();
	});

	it('lose what is older than the window, and nothing that is pending', () => {
		const states = new InMemoryStates();
		states.set('old', 'delivered', NOW - 1);
		states.set('failed', 'failed', NOW - 1);
		states.set('pending one', 'pending', NOW - 1);
		states.set('new', 'delivered', NOW);
		states.prune(NOW, NOW);
		const fates = ['old', 'failed', 'pending one', 'new'].map((hash) => states.get(hash, NOW));
		expect(fates).toEqual([undefined, undefined, 'pending', 'delivered']);
	});

	it('lose a pending event when its lease is over', () => {
		const states = new InMemoryStates();
		states.set('pending one', 'pending', NOW);
		expect(states.get('pending one', NOW + LEASE_MS - 1)).toBe('pending');
		expect(states.get('pending one', NOW + LEASE_MS)).toBeUndefined();
		states.prune(NOW, NOW + LEASE_MS);
		expect(states.entriesIn('pending')).toEqual([]);
	});

	it('keep an event pending until n8n has responded to its delivery', () => {
		const states = new InMemoryStates();
		const responses = new Map<string, boolean>();
		for (const hash of ['good', 'bad', 'none']) {
			states.set(hash, 'pending', NOW);
			states.expectLateResponse(hash, () => responses.get(hash));
		}
		states.readLateResponses(NOW + 1);
		expect(states.entriesIn('pending')).toHaveLength(3);
		responses.set('good', true).set('bad', false);
		states.readLateResponses(NOW + 2);
		expect(states.entriesIn('delivered')).toEqual([['good', NOW + 2]]);
		expect(states.entriesIn('failed')).toEqual([['bad', NOW + 2]]);
		expect(states.entriesIn('pending')).toEqual([['none', NOW]]);
		responses.set('good', false);
		states.readLateResponses(NOW + 3);
		expect(states.get('good', NOW + 3)).toBe('delivered');
	});

	it('expect no late response for an event that is not pending', () => {
		const states = new InMemoryStates();
		states.set('known', 'delivered', NOW);
		states.expectLateResponse('known', () => false);
		states.expectLateResponse('unknown', () => true);
		states.readLateResponses(NOW);
		expect(states.entriesIn('delivered')).toEqual([['known', NOW]]);
		expect(states.entriesIn('failed')).toEqual([]);
	});

	it('are at most the newest 20,000, besides the pending ones', () => {
		const states = new InMemoryStates();
		states.set('pending one', 'pending', NOW);
		for (let index = 0; index < 21_000; index++) states.set(`e${index}`, 'delivered', NOW);
		states.prune(NOW, NOW);
		expect(states.get('pending one', NOW)).toBe('pending');
		expect(states.entriesIn('delivered')).toHaveLength(19_999);
		expect(states.get('e20999', NOW)).toBe('delivered');
		expect(states.get('e1000', NOW)).toBeUndefined();
	});
});

describe('the states of a trigger', () => {
	it('are the same for all its calls, and others for every other trigger', () => {
		inMemoryStatesOf('workflow/node').set('a', 'delivered', NOW);
		expect(inMemoryStatesOf('workflow/node').get('a', NOW)).toBe('delivered');
		expect(inMemoryStatesOf('workflow/other').get('a', NOW)).toBeUndefined();
	});

	it('are dropped when a thousand other triggers were called since', () => {
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
