import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** Items with whatever a sheet, a database or another API may put into a field. */
export const ODD_ITEMS: IDataObject[] = [
	{ ref: 'CLAIM-1', amount: '210.10', count: 3, nested: { a: { b: 'deep' }, list: ['x', 'y'] } },
	{},
	{ ref: '', amount: 0, count: -0, nested: null },
	{ ref: null, amount: NaN, count: Infinity, nested: { a: null } },
	{ ref: false, amount: 1e21, count: 0.1 + 0.2, nested: [] },
	{ ref: ' spaces ', amount: '1e3', count: Number.MAX_SAFE_INTEGER, nested: [{ a: 1 }] },
	{ ref: '"quoted" \'twice\' \\ }} {{ $json.amount }}', amount: '=1', count: '', nested: 'text' },
	{
		ref: '\ud800 lone',
		amount: '١٢',
		count: [1, [2, null]],
		nested: { toString: 'mine', length: 4 },
	},
	{
		ref: ['a'],
		amount: { value: 5 },
		count: true,
		nested: { __n8nType: 'DateTime', __isoString: '2026-01-01' },
	},
	{ ref: 'x', amount: '5', count: 1, nested: { __isError: true, name: 'Error', message: 'no' } },
	{
		ref: new Date(0),
		amount: new Date(1),
		count: 1,
		nested: { a: new Date(0) as never },
	},
	{
		'Amount (EUR)': '7.00',
		'Claim No.': 'C-9',
		Straße: 'Weg 1',
		ref: 'C-9\nnext',
		amount: '2026-01-31T00:00:00.000Z',
	},
];

/** Expressions, as n8n keeps them, that a list could get wrong. */
export const ODD_EXPRESSIONS: string[] = [
	...['$json.ref', '$json["ref"]', "$json['Amount (EUR)']", '$json["Claim No."]', '$json.Straße'],
	...['$json.nested.a.b', '$json.nested?.a?.b', '$json.nested.list[0]', '$json.nested["list"][1]'],
	...[
		'$json.missing',
		'$json.missing.deeper',
		'$json[1.0]',
		'$json.ref.length',
		'$json.ref[0]',
		'$json.nested.length',
		'$json?.missing?.deeper',
		'$json',
		'$json[0]',
	],
	...['$input.item.json.ref', '$input.item', '$input.first().json.ref', '$input.all().length'],
	...["$('Start').item.json.ref", "$('Start').first().json.ref", "$('Start').all().length"],
	...[
		"$('None').item.json.ref",
		'$node["Start"].json.ref',
		'$node.Start.json.ref',
		'$items().length',
	],
	...[
		'$now.zoneName',
		'$today',
		'$now.toISO().slice(0, 2)',
		'DateTime.now().zoneName',
		'new Date(0)',
	],
	...['$json.ref.toDateTime()', "'2026-01-01'.toDateTime()", '$json.amount.toDateTime().year'],
	...[
		'$json.ref.trim()',
		'$json.ref.trim',
		'$json.ref.toUpperCase().toLowerCase()',
		'$json.ref.split("-")[1]',
	],
	...['$json.amount.toString()', '$json.amount.toFixed(2)', 'Number($json.amount).toFixed(2)'],
	...[
		'Number($json.amount)',
		'String($json.nested)',
		'Boolean($json.ref)',
		'parseFloat($json.amount)',
	],
	...['$json.amount * 100', '$json.amount / 100', '-$json.count', '!$json.ref', '+$json.amount'],
	...['$json.ref || "none"', "$json.ref ?? 'none'", '$json.ref ? "yes" : "no"', '$json.count > 2'],
	...[
		'$json.ref === "CLAIM-1" ? $json.amount : undefined',
		'($json.ref)',
		'(($json.count + 1) * 2)',
	],
	...['JSON.stringify($json)', 'JSON.stringify($json.nested.list)', 'JSON.stringify(undefined)'],
	...[
		'$json.ref.isEmpty()',
		'$json.amount.round(1)',
		'$json.amount?.toNumber()',
		'$if($json.ref, 1, 2)',
	],
	...[
		'$ifEmpty($json.ref, "none")',
		'$json.nested.keys()',
		'$json.ref.length',
		'Math.round($json.count)',
	],
	...[
		'$parameter.first',
		'$parameter["first"]',
		'$self',
		'$itemIndex',
		'$runIndex',
		'$workflow.name',
	],
	...[
		'$execution.id',
		'$vars.none',
		'$env.HOME',
		'$fromAI("amount")',
		'$prevNode.name',
		'$position',
	],
	...[
		'$json.constructor',
		'$json.__proto__',
		'$json["__proto__"]',
		'$json.toString',
		'$json.binding',
	],
	...['$json.nested.list.reverse()[0]', '$json.nested.list.pop()', '$json.nested.list.join("-")'],
	...[
		'() => 1',
		'$json.ref.trim ',
		'[1, undefined, 3]',
		'[,]',
		'{ a: 1 }',
		'({ a: 1 })',
		'`${$json.ref}`',
	],
	...[
		'undefined',
		'null',
		'NaN',
		'-0',
		'0',
		'010',
		'1_000',
		'0x10',
		'1n',
		'.5',
		'5.',
		'"text"',
		"''",
	],
	...[
		'1), (2',
		'1, 2',
		'(1, 2)',
		'1; 2',
		'1 // two',
		'1 /* two */',
		'1 <!-- 2',
		'1\n-->2',
		'1\n2',
		'$json.ref\n',
	],
	...[
		'\n $json.ref \n',
		'$json.ref]',
		'[$json.ref',
		'$json.ref)',
		'($json.ref',
		')(',
		'...$json.nested.list',
	],
	...[
		'a = 1',
		'$json.ref = "changed"',
		'$json.count++',
		'--$json.count',
		'delete $json.ref',
		'this',
		'x',
	],
	...[
		'"}} {{"',
		'"\\}}"',
		"'a' 'b'",
		'"a\\"b"',
		'"a.isEmpty()"',
		'"$if("',
		'"a.constructor"',
		'$json .ref',
		'$json. ref',
	],
	...[
		'/a/.test("a")',
		'4 / 2 / 1',
		'$json.count / $json.count',
		'typeof $json.ref',
		'"a" in $json',
		'$json.a ?? $json.b || 1',
	],
	...[
		'',
		' ',
		'return 1',
		'throw 1',
		'await 1',
		'yield',
		'function () {}',
		'class {}',
		'Symbol(1).toString()',
		'BigInt(1)',
		'globalThis',
	],
].map((code) => `={{ ${code} }}`);

/** Texts around and between expressions, as n8n keeps them. */
export const ODD_TEMPLATES: string[] = [
	...[
		'=',
		'= ',
		'=text',
		'=={{ $json.ref }}',
		'={{$json.ref}}',
		'= {{ $json.ref }}',
		'={{ $json.ref }} ',
	],
	...[
		'={{ $json.ref }}{{ $json.amount }}',
		'={{ $json.ref }}-{{ $json.count }}-{{ $json.missing }}',
	],
	...['={{ $json.nested }} {{ $json.amount }}', '={{ $json.nested.list }};{{ $json.count > 1 }}'],
	...[
		'=\\{{ $json.ref }}',
		'=\\\\{{ $json.ref }}',
		'=a\\b {{ $json.ref }}',
		'={{ $json.ref }} \\}}',
		'={{ $json.ref',
	],
	...[
		'={{ $json.ref }}}',
		'={{{ $json.ref }}}',
		'={{ }}',
		'={{}}',
		'=}} {{ $json.ref }}',
		'={{ "a }}" }}',
	],
	...[
		'=line\n{{ $json.ref }}\nline',
		'="{{ $json.ref }}"',
		'=[{"a": {{ $json.count }}}]',
		'={{ $json.missing.deeper }}!',
	],
	...['={{ $json.count }}{{ -0 }}{{ 0 }}{{ false }}{{ "" }}{{ null }}{{ undefined }}{{ NaN }}'],
	...['={{ $json.ref.trim() }} of {{ $now.zoneName }}', 'no expression', '{{ $json.ref }}', ''],
];

const PIECES = [
	...'$json $input $ item json .ref .amount ["count"] [0] .nested .a ?.a .trim() .toString() .toFixed(2) .first()'.split(
		' ',
	),
	...'( ) [ ] { } , ; . ?. ? : + - * / % ! < > = == === && || ?? => ` \\ # @ ~ ^ & | ...'.split(
		' ',
	),
	...'true null undefined NaN 0 1 0.5 "a" \'b\' "" String Number JSON.stringify typeof new in // /* */ <!-- --> }} {{'.split(
		' ',
	),
	...[
		"$('Start').item.json",
		'$input.item.json',
		'\n',
		' ',
		'\u2028',
		'\u00a0',
		'\ufeff',
		'"Claim No."',
		'$json.ref',
	],
];

/** Code that nobody has thought of; part of it is whole, and part of it is rubbish. */
export const anyCode: fc.Arbitrary<string> = fc.oneof(
	fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 }).map((all) => all.join('')),
	fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 }).map((all) => all.join(' ')),
	fc.letrec<{ value: string; phrase: string }>((tie) => ({
		value: fc.oneof(
			{
				weight: 4,
				arbitrary: fc.constantFrom(
					'$json.ref',
					'$json["amount"]',
					'$json.count',
					'$json.nested?.a',
					'$json.missing',
				),
			},
			fc.constantFrom(
				"$('Start').item.json.ref",
				'$input.item.json.count',
				'"a"',
				'7',
				'null',
				'undefined',
				'true',
			),
			fc
				.tuple(
					tie('value'),
					fc.constantFrom('.trim()', '.toString()', '.toFixed(1)', '?.a', '[0]', '.split(" ")'),
				)
				.map(([a, b]) => a + b),
			fc
				.tuple(fc.constantFrom('String', 'Number', 'Boolean', 'JSON.stringify', ''), tie('phrase'))
				.map(([a, b]) => `${a}(${b})`),
		),
		phrase: fc.oneof(
			tie('value'),
			fc
				.tuple(
					tie('value'),
					fc.constantFrom('+', '-', '*', '/', '===', '<', '||', '&&', '??', ','),
					tie('phrase'),
				)
				.map(([a, b, c]) => `${a} ${b} ${c}`),
			fc.tuple(tie('value'), tie('phrase'), tie('phrase')).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
		),
	})).phrase,
);

/** Fields of a form, as n8n keeps them. */
export const anyTemplate: fc.Arbitrary<string> = fc.oneof(
	{ weight: 5, arbitrary: anyCode.map((code) => `={{ ${code} }}`) },
	fc
		.tuple(
			fc.constantFrom('', 'text', ' ', '\\', '{', '}'),
			anyCode,
			anyCode,
			fc.constantFrom('', ' ', '-', '}}'),
		)
		.map(([a, b, c, d]) => `=${a}{{ ${b} }}${d}{{${c}}}`),
	fc.constantFrom(...ODD_EXPRESSIONS, ...ODD_TEMPLATES),
);

const FIELDS = [
	...[
		'$json.ref',
		'$json["amount"]',
		'$json.count',
		'$json.nested',
		'$json.nested.a',
		'$json.nested.a.b',
	],
	...[
		'$json.nested?.a?.b',
		'$json.nested.list[0]',
		'$json.nested[0].a',
		'$json.ref.length',
		'$json.ref[0]',
	],
	...[
		'$json["Amount (EUR)"]',
		"$json['Claim No.']",
		'$json.Straße',
		'$json.missing',
		'$input.item.json.ref',
	],
	...['$json.nested.__n8nType', '$json.nested.length'],
];

/** Fields of a form that read fields of the item and nothing else. */
export const anyFieldTemplate: fc.Arbitrary<string> = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...FIELDS).map((code) => `={{ ${code} }}`) },
	fc
		.tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...FIELDS))
		.map(([a, b]) => `=No. {{ ${a} }}/{{${b}}}`),
);
