import { describe, expect, it } from '@jest/globals';

import {
	findUnstableJson,
	jsonHoles,
	makesJsonText,
	writesJsonText,
} from '../../../../nodes/Imburse/n8n/expression/jsonTemplate.ts';

describe('jsonHoles', () => {
	it.each([
		['="{{ $json.a }}"', true, false, undefined],
		['={ "a": "x {{ $json.a }} y" }', true, false, 'a'],
		['={ "a": "x \\" {{ $json.a }}" }', true, false, 'a'],
		['={ "a": {{ $json.a }} }', false, false, 'a'],
		['={ "\\u0061": {{ $json.a }} }', false, false, 'a'],
		['={ "b": "x, y", "a" : [ {{ $json.a }} ] }', false, false, undefined],
		['={ "a": {{ JSON.stringify($json.a) }} }', false, true, 'a'],
		['={ "a": {{ JSON.stringify($json.a, null, 2) }} }', false, true, 'a'],
		['={ "a": {{ $json.a.toJsonString() }} }', false, true, 'a'],
		['={ "a": "{{ JSON.stringify($json.a).slice(1, -1) }}" }', true, true, 'a'],
		['={ "a": "{{ JSON.stringify($json.a) }}" }', true, false, 'a'],
		['={ "a": {{ JSON.stringify($json.a) + $json.b }} }', false, false, 'a'],
		['={ "a": {{ JSON.stringify($json.a), $json.b }} }', false, false, 'a'],
		['={ "a": {{ $json.b + $json.a.toJsonString() }} }', false, false, 'a'],
		['={ "a": {{ "JSON.stringify(x)" }} }', false, false, 'a'],
		['={ {{ $json.key }}: 1 }', false, false, undefined],
	])('tells of %s how its expression stands there', (raw, isQuoted, isEncoded, key) => {
		const [hole] = jsonHoles(raw);
		expect(hole).toMatchObject({ isQuoted, isEncoded });
		expect(hole?.key).toBe(key);
	});

	it('knows no key that an expression has written', () => {
		const keys = jsonHoles('={ "{{ $json.key }}": {{ $json.value }} }').map(({ key }) => key);
		expect(keys).toEqual([undefined, undefined]);
	});

	it('has none where one expression gives the whole', () => {
		expect(jsonHoles('={{ $json.list }}')).toEqual([]);
	});
});

describe('writesJsonText', () => {
	it.each([
		`={{ '[{"amount":"' + $json.amount + '"}]' }}`,
		'={{ `[{"amount": "${$json.amount}"}]` }}',
		`={{ "[{\\"a\\": 1}]" }}`,
		'={{ JSON.parse($json.text) }}',
		'={{ $json.text.parseJson() }}',
	])('sees it in %s', (raw) => {
		expect(writesJsonText(raw)).toBe(true);
	});

	it.each([
		'={{ [{ "amount": $json.amount }] }}',
		'={{ $json.list }}',
		'={{ JSON.stringify($json.list) }}',
		'=[{ "amount": {{ $json.amount }} }]',
	])('does not see it in %s', (raw) => {
		expect(writesJsonText(raw)).toBe(false);
	});
});

describe('makesJsonText', () => {
	it.each(['={{ $json.text.replace("%N%", $json.note) }}', '={{ "[]" + $json.a }}'])(
		'sees it in %s',
		(raw) => {
			expect(makesJsonText(raw)).toBe(true);
		},
	);

	it.each(['={{ $json.text }}', '={{ JSON.stringify($json.list) }}', '=[{{ $json.a }}]', '[]'])(
		'does not see it in %s',
		(raw) => {
			expect(makesJsonText(raw)).toBe(false);
		},
	);
});

describe('findUnstableJson', () => {
	it.each([
		['=[{ "ref": "P-{{ $itemIndex }}" }]', '$itemIndex'],
		['=[{ "r\\u0065f": {{ JSON.stringify($now) }} }]', '$now'],
		['=[{ {{ JSON.stringify("ref") }}: {{ JSON.stringify($now) }} }]', '$now'],
		['={{ [{ ref: "P-" + $itemIndex }] }}', '$itemIndex'],
		['={{ [{ "ref": "P-" + $itemIndex }] }}', '$itemIndex'],
		['={{ $json.rows.map((row, index) => ({ ref: index })) }}', 'index'],
		['={{ [{ ["r" + "ef"]: $now }] }}', '$now'],
		['={{ $json.rows.map((row, i) => ({ ...row, ref: i })).map(x => ({ ref: x.ref })) }}', 'i'],
		['={{ Object.entries($json.rows).map(e => ({ ref: e[0] })) }}', 'Object.entries'],
		['={{ [$now.toMillis()].map(ref => ({ ref })) }}', '$now.toMillis'],
		['={{ $json.ok ? amount : $now }}', 'amount'],
	])('finds in %s the word %s', (raw, word) => {
		expect(findUnstableJson(raw)).toBe(word);
	});

	it.each([
		'=[{ "ref": {{ JSON.stringify($json.ref) }}, "settledByDate": {{ JSON.stringify($now) }} }]',
		'={{ [{ ref: $json.ref, settledByDate: $now.toISODate(), metadata: { at: $now } }] }}',
		'={{ $json.rows.map((row, index) => ({ ref: row.ref })) }}',
		'={{ $json.rows.map(row => ({ ...row, ref: row.id })) }}',
		'={{ $json.rows }}',
		'=[{ "ref": "FIXED" }]',
	])('finds nothing in %s', (raw) => {
		expect(findUnstableJson(raw)).toBeUndefined();
	});
});
