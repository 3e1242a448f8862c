import { expect, it } from '@jest/globals';
import { changedPlaces, takeStock } from '../../../tools/jest/leftovers.mts';

const folder = process.cwd();
const { now } = Date;
const { at } = Array.prototype;
const listener = (): void => {};

/** What a test may do to the process, and what undoes it. */
it.each<[place: string, change: () => unknown, undo: () => unknown]>([
	[
		'globalThis.added',
		() => Object.assign(globalThis, { added: 1 }),
		() => Reflect.deleteProperty(globalThis, 'added'),
	],
	['Date.now', () => (Date.now = () => 0), () => (Date.now = now)],
	[
		'Object.prototype.added',
		() => Reflect.set(Object.prototype, 'added', 1),
		() => Reflect.deleteProperty(Object.prototype, 'added'),
	],
	[
		'Array.prototype.at',
		() => Reflect.set(Array.prototype, 'at', listener),
		() => Reflect.set(Array.prototype, 'at', at),
	],
	['process.env.ADDED', () => (process.env.ADDED = '1'), () => delete process.env.ADDED],
	['process.cwd()', () => process.chdir('/'), () => process.chdir(folder)],
	[
		'listeners to SIGUSR2',
		() => process.on('SIGUSR2', listener),
		() => process.off('SIGUSR2', listener),
	],
])('a change of %s is seen', (place, change, undo) => {
	const before = takeStock();
	change();
	const after = takeStock();
	undo();
	expect(changedPlaces(before, after)).toEqual([place]);
	expect(changedPlaces(before, takeStock())).toEqual([]);
});

it('what jest counts for its coverage is not a change', () => {
	const counted = Reflect.get(globalThis, '__coverage__') as unknown;
	const before = takeStock();
	Reflect.set(globalThis, '__coverage__', { ...(counted as object), 'nodes/a.ts': {} });
	const after = takeStock();
	Reflect.set(globalThis, '__coverage__', counted);
	if (counted === undefined) Reflect.deleteProperty(globalThis, '__coverage__');
	expect(changedPlaces(before, after)).toEqual([]);
});
