import { describe, expect, it } from '@jest/globals';
import { valuesInJsonTemplate } from '../../../nodes/Imburse/n8n/jsonTemplate.ts';

describe('valuesInJsonTemplate', () => {
	it.each<[string, string, string[]]>([
		['a text', '=[{ "ref": "PAY-1", "other": 1 }]', ['="PAY-1"']],
		['a text with an expression', '={ "ref": "PAY-{{ $now }}" }', ['="PAY-{{ $now }}"']],
		[
			'a text with texts in its expressions',
			'={ "ref": "{{ $json["a, b"] }}-{{ $now }}", "other": 1 }',
			['="{{ $json["a, b"] }}-{{ $now }}"'],
		],
		['a bare expression', '={ "ref": {{ f($now, 1) }}, "other": 1 }', ['={{ f($now, 1) }}']],
		[
			'an expression with quotes at its end',
			'={ "ref": "{{ $json["a"] }}, b", "other": 1 }',
			['="{{ $json["a"] }}, b"'],
		],
		['the last one', '={ "ref": {{ $now }} }', ['={{ $now }}']],
		['one that never ends', '={ "ref": "PAY-{{ $now', ['="PAY-{{ $now']],
		['each time that it is there', '=[{ "ref": "A" }, { "ref": "B" }]', ['="A"', '="B"']],
		['escaped quotes', '={ "ref": "a\\"b, {{ $now }}", "o": 1 }', ['="a\\"b, {{ $now }}"']],
		[
			'code that makes the whole',
			'={{ [{ ref: "PAY-" + $now.toMillis(), other: 1 }] }}',
			['={{ "PAY-" + $now.toMillis() }}'],
		],
		[
			'code with brackets of its own',
			'={{ [{ ref: f([$json.a, $now], { b: 1 }), other: 1 }] }}',
			['={{ f([$json.a, $now], { b: 1 }) }}'],
		],
		['code with a comma in a text', "={{ [{ 'ref': 'a, b' + $now }] }}", ["={{ 'a, b' + $now }}"]],
		['code with a template', '={{ [{ ref: `a}${ $now }` }] }}', ['={{ `a}${ $now }` }}']],
		['no such name', '={ "other": {{ $now }} }', []],
		['a name that ends like it', '={ "xref": {{ $now }}, "$ref": 1 }', []],
		['a property that is read', '={{ [{ other: $json.ref ? a.ref : 1 }] }}', []],
	])('finds %s', (_, text, written) => {
		expect(valuesInJsonTemplate(text, 'ref')).toEqual(written);
	});
});
