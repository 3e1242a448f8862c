import { describe, expect, it } from '@jest/globals';
import {
	LEASE_MS,
	memoryOf,
	ProcessMemory,
} from '../../../../nodes/Imburse/webhook/remember/processMemory.ts';
import { NOW } from '../deliveries.mts';

describe('a memory', () => {
	it('knows the last fate of each event', () => {
		const memory = new ProcessMemory();
		expect(memory.fateOf('a', NOW)).toBeUndefined();
		memory.set('a', 'pending', NOW);
		expect(memory.fateOf('a', NOW)).toBe('pending');
		memory.set('a', 'seen', NOW + 1);
		expect(memory.fateOf('a', NOW)).toBe('seen');
		expect(memory.all('pending')).toEqual([]);
		expect(memory.all('seen')).toEqual([['a', NOW + 1]]);
		memory.forget('a');
		expect(memory.fateOf('a', NOW)).toBeUndefined();
	});

	it('drops what is older than the window, and nothing that is under way', () => {
		const memory = new ProcessMemory();
		memory.set('old', 'seen', NOW - 1);
		memory.set('refused', 'refused', NOW - 1);
		memory.set('under way', 'pending', NOW - 1);
		memory.set('new', 'seen', NOW);
		memory.tidy(NOW, NOW);
		const fates = ['old', 'refused', 'under way', 'new'].map((hash) => memory.fateOf(hash, NOW));
		expect(fates).toEqual([undefined, undefined, 'pending', 'seen']);
	});

	it('gives up what is under way when its lease is over', () => {
		const memory = new ProcessMemory();
		memory.set('under way', 'pending', NOW);
		expect(memory.fateOf('under way', NOW + LEASE_MS - 1)).toBe('pending');
		expect(memory.fateOf('under way', NOW + LEASE_MS)).toBeUndefined();
		memory.tidy(NOW, NOW + LEASE_MS);
		expect(memory.all('pending')).toEqual([]);
	});

	it('leaves an event open until it is known how its delivery was answered', () => {
		const memory = new ProcessMemory();
		const answers = new Map<string, boolean>();
		for (const hash of ['good', 'bad', 'none']) {
			memory.set(hash, 'pending', NOW);
			memory.leaveOpen(hash, () => answers.get(hash));
		}
		memory.learnLateAnswers(NOW + 1);
		expect(memory.all('pending')).toHaveLength(3);
		answers.set('good', true).set('bad', false);
		memory.learnLateAnswers(NOW + 2);
		expect(memory.all('seen')).toEqual([['good', NOW + 2]]);
		expect(memory.all('refused')).toEqual([['bad', NOW + 2]]);
		expect(memory.all('pending')).toEqual([['none', NOW]]);
		answers.set('good', false);
		memory.learnLateAnswers(NOW + 3);
		expect(memory.fateOf('good', NOW + 3)).toBe('seen');
	});

	it('leaves nothing open that is not under way', () => {
		const memory = new ProcessMemory();
		memory.set('taken', 'seen', NOW);
		memory.leaveOpen('taken', () => false);
		memory.leaveOpen('unknown', () => true);
		memory.learnLateAnswers(NOW);
		expect(memory.all('seen')).toEqual([['taken', NOW]]);
		expect(memory.all('refused')).toEqual([]);
	});

	it('holds 5,000 events at most, the newest, beside those under way', () => {
		const memory = new ProcessMemory();
		memory.set('under way', 'pending', NOW);
		for (let index = 0; index < 6000; index++) memory.set(`e${index}`, 'seen', NOW);
		memory.tidy(NOW, NOW);
		expect(memory.fateOf('under way', NOW)).toBe('pending');
		expect(memory.all('seen')).toHaveLength(4999);
		expect(memory.fateOf('e5999', NOW)).toBe('seen');
		expect(memory.fateOf('e1000', NOW)).toBeUndefined();
	});
});

describe('the memory of a trigger', () => {
	it('is one for all its calls, and another for every other trigger', () => {
		memoryOf('workflow/node').set('a', 'seen', NOW);
		expect(memoryOf('workflow/node').fateOf('a', NOW)).toBe('seen');
		expect(memoryOf('workflow/other').fateOf('a', NOW)).toBeUndefined();
	});

	it('is dropped when a thousand other triggers were called since', () => {
		memoryOf('often').set('a', 'seen', NOW);
		memoryOf('seldom').set('a', 'seen', NOW);
		for (let index = 0; index < 1000; index++) {
			memoryOf(`trigger ${index}`);
			memoryOf('often');
		}
		expect(memoryOf('often').fateOf('a', NOW)).toBe('seen');
		expect(memoryOf('seldom').fateOf('a', NOW)).toBeUndefined();
	});
});
