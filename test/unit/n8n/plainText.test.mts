import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { plainText } from '../../../nodes/Imburse/n8n/plainText.ts';

/** Texts that are dense with what begins markup, beside any others. */
const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.constantFrom(
				...['<', '</', '<!--', '<img src=//h/x>', '<a href=//h>', '>', '"', "'", '`', '&', '&lt'],
				...['&#60;', '&#x3c', '&amp;lt;', '&Tab;', '![', '](', '[a]', ')', '](//h/x)', '%%', '{{'],
				...['\n', '\r', '\t', '\u001b[31m', '\u202e', '\u2066', '\u200b', '\u3164', '\u{e0041}'],
				...['a', 'Z', '0', ' ', '\ud83c\udfe6', '\ud800', '\u0338', 'script'],
			),
			{ maxLength: 40 },
		)
		.map((parts) => parts.join('')),
);

describe('a text that n8n shows', () => {
	it.each([
		['an image', '<img src=//h/x>', '‹img src=//h/x>'],
		['a link', '<a href=//h>Sign in</a>', '‹a href=//h>Sign in‹/a>'],
		['a comment', 'a <!-- b --> c', 'a ‹!-- b --> c'],
		['an entity', '&lt;b&gt; &#60; &#x3C; &copy', '& lt;b& gt; & #60; & #x3C; & copy'],
		['code', '`rm`', 'ˋrmˋ'],
		['an image in Markdown', '![x](https://h/x)', '![x] (https://h/x)'],
		['a second line', 'CLM-1\nPaid: CLM-2\r\n', 'CLM-1\\nPaid: CLM-2\\u{D}\\n'],
		['a colour of a terminal', '\u001b[2Kgone', '\\u{1B}[2Kgone'],
		['another direction of writing', 'CLM-\u202e1-MLC', 'CLM-\\u{202E}1-MLC'],
		['a zero width', 'CLM\u200b-1', 'CLM\\u{200B}-1'],
		['a letter without a shape', 'CLM\u3164', 'CLM\\u{3164}'],
		['half a character', 'CLM\ud800', 'CLM\\u{D800}'],
	])('shows %s as text', (_, text, shown) => {
		expect(plainText(text)).toBe(shown);
	});

	it.each([
		'CLAIM-2026_0017.1',
		'1234.50 EUR',
		'Müller & Söhne (50 %)',
		'Developers > Webhooks',
		'"a" and \'b\', {{ $json.claim }} [item 1]',
		'0f8fad5b-d9cb-469f-a165-70867728950e',
		'Ünïcödé 漢字 🏦',
	])('leaves %j as it is', (text) => {
		expect(plainText(text)).toBe(text);
	});

	it('holds nothing that begins markup, and nothing that nobody sees', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const shown = plainText(text);
				expect(shown).not.toMatch(/[<`]|&[#a-z]|\]\(/i);
				expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
				expect(plainText(shown)).toBe(shown);
			}),
			{ numRuns: 5000 },
		);
	});

	it('stays text when it stands beside another one', () => {
		fc.assert(
			fc.property(hostile, hostile, (one, other) => {
				const both = `${plainText(one)} ${plainText(other)}`;
				expect(plainText(both)).toBe(both);
			}),
		);
	});
});
