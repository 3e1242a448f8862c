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

it.each<[name: string, holder: object, value: unknown]>([
	['__coverage__', globalThis, { 'nodes/a.ts': {} }],
	['prepareStackTrace', Error, () => ''],
])('what jest changes itself when it counts is not seen: %s', (name, holder, value) => {
	const known = Object.getOwnPropertyDescriptor(holder, name);
	const before = takeStock();
	Reflect.set(holder, name, value);
	const after = takeStock();
	Reflect.deleteProperty(holder, name);
	if (known) Object.defineProperty(holder, name, known);
	expect(changedPlaces(before, after)).toEqual([]);
});
