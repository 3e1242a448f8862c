import { describe, expect, it } from '@jest/globals';
import { TriggerCache } from '../../../nodes/Imburse/webhook/triggerCache.ts';

describe('a cache of one value for each trigger', () => {
	it('returns the last value that was set', () => {
		const cache = new TriggerCache<string>();
		expect(cache.get('workflow/node')).toBeUndefined();
		cache.set('workflow/node', 'first');
		cache.set('workflow/other', 'another');
		cache.set('workflow/node', 'second');
		expect(cache.get('workflow/node')).toBe('second');
		expect(cache.get('workflow/other')).toBe('another');
	});

	it('makes a value once', () => {
		const cache = new TriggerCache<object>();
		const made = cache.getOrAdd('workflow/node', () => ({}));
		expect(cache.getOrAdd('workflow/node', () => ({}))).toBe(made);
		expect(cache.getOrAdd('workflow/other', () => ({}))).not.toBe(made);
	});

	it('evicts the least recently used value beyond 1,000 triggers', () => {
		const cache = new TriggerCache<number>();
		for (let index = 0; index < 1000; index++) cache.set(`trigger ${index}`, index);
		expect(cache.get('trigger 0')).toBe(0);
		cache.set('trigger 1000', 1000);
		expect(cache.get('trigger 1')).toBeUndefined();
		expect(cache.get('trigger 0')).toBe(0);
		expect(cache.get('trigger 2')).toBe(2);
	});
});
