import { describe, expect, it } from '@jest/globals';
import {
	isDeeperThan,
	ownProperty,
	valueAtPath,
} from '../../../nodes/Imburse/webhook/jsonValues.ts';

/** JSON as a body contains it: `__proto__` is an own key. */
function parsed(json: string) {
	return JSON.parse(json) as Record<string, unknown>;
}

describe('ownProperty', () => {
	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'finds %s only where the body contains it',
		(name) => {
			expect(ownProperty({}, name)).toBeUndefined();
			expect(ownProperty(parsed(`{"${name}":"x"}`), name)).toBe('x');
		},
	);
});

describe('valueAtPath', () => {
	const body = parsed('{"a":{"b":[{"c":1},{"c":2}],"0":"zero"},"__proto__":{"d":3},"e.f":4}');

	it.each([
		['a.b.1.c', 2],
		['a.0', 'zero'],
		['__proto__.d', 3],
	])('finds the value at %s', (path, value) => {
		expect(valueAtPath(body, path)).toBe(value);
	});

	it.each([
		'a.c',
		'a.b.2.c',
		'a.b.-1',
		'a.b.length',
		'a.b.x',
		'a.b.0.c.d',
		'constructor',
		'constructor.name',
		'a.__proto__',
		'a.toString',
		'e.f',
		'a..b',
		'.',
		'',
	])('finds nothing at %p', (path) => {
		expect(valueAtPath(body, path)).toBeUndefined();
	});

	it.each([[undefined], [null], ['text'], [7], [[]]])('finds nothing in %j', (value) => {
		expect(valueAtPath(value, 'a')).toBeUndefined();
		expect(valueAtPath(value, 'length')).toBeUndefined();
	});
});

describe('isDeeperThan', () => {
	it.each([
		[0, 'text', false],
		[0, {}, true],
		[1, {}, false],
		[1, [[]], true],
		[2, [[]], false],
		[2, { a: [{}] }, true],
		[2, [1, { a: 1 }, [2]], false],
	])('%d levels: %j', (levels, value, expected) => {
		expect(isDeeperThan(levels, value)).toBe(expected);
	});

	it('finds a value that is too deep to be written as JSON', () => {
		const abyss: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
		expect(() => JSON.stringify(abyss)).toThrow(RangeError);
		expect(isDeeperThan(100, abyss)).toBe(true);
	});
});
