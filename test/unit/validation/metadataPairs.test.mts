import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	validateMetadataPairs,
	METADATA_MAX_KEY_LENGTH,
	METADATA_MAX_KEYS,
	METADATA_MAX_VALUE_LENGTH,
	METADATA_NEWER_VALUE_LENGTH,
	type MetadataPair,
} from '../../../nodes/Imburse/validation/metadataPairs.ts';
import { hintsOf, reasonsOf, valueOf, errorsOf } from './outcome.mts';

const check = (...pairs: MetadataPair[]) => validateMetadataPairs(pairs, 'Metadata');
const manyPairs = (count: number) =>
	Array.from({ length: count }, (_, index): MetadataPair => [`key${index}`, 'x']);

describe('validateMetadataPairs', () => {
	it("knows the limits of Imburse's introduction", () => {
		expect([METADATA_MAX_KEYS, METADATA_MAX_KEY_LENGTH, METADATA_MAX_VALUE_LENGTH]).toEqual([
			50, 40, 500,
		]);
		expect(METADATA_NEWER_VALUE_LENGTH).toBe(256);
	});

	it('takes all that stays within them, counting an emoji as one character', () => {
		const pairs: MetadataPair[] = [...manyPairs(49), ['🔑'.repeat(40), '💶'.repeat(500)]];
		expect(Object.entries(valueOf(check(...pairs)))).toEqual(pairs);
	});

	it.each([
		[manyPairs(51), 'Metadata: there are 51 keys, Imburse takes at most 50'],
		[
			[['k'.repeat(41), ''] as const],
			`Metadata > ${'k'.repeat(40)}…: the key has 41 characters, Imburse takes at most 40`,
		],
		[
			[['a', '😀'.repeat(501)] as const],
			'Metadata > a: the value has 501 characters, Imburse takes at most 500',
		],
		[[['', 'x'] as const], 'Metadata > 1: the key is empty'],
		[[['a', 'x'] as const, [' \t', 'x'] as const], 'Metadata > 2: the key is empty'],
		[[['a', '1'] as const, ['a', '2'] as const], 'Metadata > a: the key is there 2 times'],
		[
			[['a\ud83d', 'x'] as const],
			'Metadata > a\\u{D83D}: the key holds one half of a character, such as an emoji that was cut in two',
		],
		[
			[['a', '\ude00x'] as const],
			'Metadata > a: the value holds one half of a character, such as an emoji that was cut in two',
		],
	])('refuses %.40p', (pairs, reason) => {
		expect(reasonsOf(check(...pairs))).toEqual([reason]);
	});

	it.each<[MetadataPair[], string]>([
		[[['', 'x']], 'Give the value a key, or remove the line.'],
		[[['k'.repeat(41), 'x']], 'Shorten the key.'],
		[
			[
				['a', '1'],
				['a', '2'],
			],
			'Keep one of them, or rename the others: Imburse would keep only one value.',
		],
		[
			[['a', 'v'.repeat(501)]],
			'Shorten the value, or send a reference to the place that holds the whole text.',
		],
		[
			[['a', '\ude00']],
			'Remove the broken character. Cutting a text with [...text].slice() keeps characters whole.',
		],
	])('says of %.40p what to do', (pairs, fix) => {
		expect(errorsOf(check(...pairs)).map((error) => error.fix)).toEqual([fix]);
	});

	it('says how many keys are too many', () => {
		const result = check(...manyPairs(53));
		expect(result).toMatchObject({
			errors: [{ fix: 'Remove 3 of them, or join several values under one key.' }],
		});
	});

	it('names each line with an empty key, and does not call empty keys repeated', () => {
		for (const key of ['', ' ']) {
			expect(reasonsOf(check([key, '1'], [key, '2']))).toEqual([
				'Metadata > 1: the key is empty',
				'Metadata > 2: the key is empty',
			]);
		}
	});

	it('names every reason at once', () => {
		const reasons = reasonsOf(check(['k'.repeat(41), 'v'.repeat(501)], ['a', ''], ['a', '']));
		expect(reasons).toHaveLength(3);
	});

	it.each([
		[
			['a', 'v'.repeat(257)] as const,
			"Metadata: there are more than 256 characters in a. Imburse's newer pages allow no more, so Imburse may refuse them.",
		],
		[
			['a ', 'x'] as const,
			'Metadata > a : the key begins or ends with a space, and comes back with it.',
		],
		[['a', 'x\ny'] as const, 'Metadata > a: holds a line break, tab or other control character.'],
		[
			['a', 'by [object Object]'] as const,
			'Metadata > a: the value is "by [object Object]", which is what becomes of an object in a text. Map one of its fields.',
		],
		[
			['a', 'M\ufffdller'] as const,
			'Metadata > a: holds a lost character (U+FFFD). A character was lost when the file was read: read it with its own encoding, for example Windows-1252.',
		],
		[
			['Stra\ufffde', 'x'] as const,
			'Metadata > Stra\ufffde: holds a lost character (U+FFFD). A character was lost when the file was read: read it with its own encoding, for example Windows-1252.',
		],
		[
			['a', 'MÃ¼ller'] as const,
			'Metadata > a: holds "Ã¼", as if a file in UTF-8 was read in another encoding.',
		],
		[
			['a', '1 â€“ 2'] as const,
			'Metadata > a: holds "â€“", as if a file in UTF-8 was read in another encoding.',
		],
		[
			['\ufeffclaim', 'x'] as const,
			'Metadata > \\u{FEFF}claim: the key holds a byte order mark (U+FEFF), which nobody sees, and comes back with it.',
		],
		[
			['claim\u00a0no\u200b', 'x'] as const,
			'Metadata > claim\u00a0no\\u{200B}: the key holds a no-break space (U+00A0) and a zero width space (U+200B), which nobody sees, and comes back with it.',
		],
		[
			['a', 'CLM-17\u200b'] as const,
			'Metadata > a: the value holds a zero width space (U+200B), which nobody sees.',
		],
	])('gives a hint for %.40p, and sends it', (pair, hint) => {
		expect(hintsOf(check(pair))).toEqual([hint]);
		expect(valueOf(check(pair))).toEqual(Object.fromEntries([pair]));
	});

	it.each(['Müller', 'Ångström', 'SÃO PAULO', 'Â', '1 – 2', '§ 17', 'a\u00a0b', '👩\u200d🚒'])(
		'has nothing to say of the value %p',
		(value) => {
			expect(hintsOf(check(['a', value]))).toEqual([]);
		},
	);

	it('gives each hint in a key that it gives in a value, and both of a key and its value', () => {
		expect(hintsOf(check(['Ã¼', 'x'], ['plain', 'Ä']))).toEqual([
			'Metadata > Ã¼: holds "Ã¼", as if a file in UTF-8 was read in another encoding.',
		]);
		expect(hintsOf(check(['a ', '[object Object]\u2060']))).toHaveLength(3);
	});

	it('has nothing to say of a value at the newer limit', () => {
		expect(hintsOf(check(['a', '😀'.repeat(256)], ['b', '']))).toEqual([]);
	});

	it('says once of all long values of an item where they are', () => {
		const long = '😀'.repeat(257);
		const named = (...keys: string[]) =>
			hintsOf(check(...keys.map((key) => [key, long] as const), ['short', 'x']));
		expect(named('a', 'b')).toEqual([expect.stringContaining('256 characters in a and b. ')]);
		expect(named('a', 'b', 'c', 'd', 'e')).toEqual([
			expect.stringContaining('256 characters in a, b, c and 2 more. '),
		]);
	});

	it('makes properties of its own of names that every object inherits', () => {
		const metadata = valueOf(check(['__proto__', 'x'], ['constructor', 'y'], ['toString', 'z']));
		expect(JSON.stringify(metadata)).toBe('{"__proto__":"x","constructor":"y","toString":"z"}');
		expect(Object.keys(metadata)).toHaveLength(3);
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	it('accepts exactly what is within the limits', () => {
		const key = fc.string({ unit: 'binary', maxLength: 45 });
		const value = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 10 }),
			fc.integer({ min: 495, max: 505 }).map((length) => '💶'.repeat(length)),
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(key, value), { maxLength: 55 }), (pairs) => {
				const keys = pairs.map(([name]) => name);
				const within =
					keys.length <= 50 &&
					new Set(keys).size === keys.length &&
					keys.every((name) => name.trim() !== '' && [...name].length <= 40) &&
					pairs.every(([, text]) => [...text].length <= 500);
				expect(check(...pairs).ok).toBe(within);
			}),
		);
	});
});
