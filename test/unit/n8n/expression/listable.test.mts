import { describe, expect, it } from '@jest/globals';
import { changesNothing, isListable } from '../../../../nodes/Imburse/n8n/expression/listable.ts';

describe('code that may stand in a list', () => {
	it.each([
		...[
			'$json.ref',
			'$json["Amount (EUR)"]',
			"$json['Claim No.']",
			'$json.Straße',
			'$json.a?.b[0]',
		],
		...['$json.a?.[0]', '$input.item.json.ref', "$('Read Claim').item.json.claim", '$json'],
		...['$json.ref.trim().toUpperCase()', '$json.ref.replace("a", "b")', '$json.ref.split("-")[1]'],
		...['$json.cents / 100', '($json.a + 1) * 2', '-$json.a', '!$json.a', '1 - -2', '"a" + \'b\''],
		...[
			'$json.a ?? "none"',
			'$json.a > 2 ? "yes" : $json.b',
			'String($json.a)',
			'Number($json.a) % 7',
		],
		...[
			'JSON.stringify($json.a)',
			'null',
			'undefined',
			'true',
			'0',
			'12.5',
			' $json.ref ',
			'\n$json.ref\n',
		],
	])('has one value, whatever stands beside it: %j', (code) => {
		expect(isListable(code)).toBe(true);
	});

	it.each([
		...[
			'',
			' ',
			'()',
			'1), (2',
			'1, 2',
			'(1, 2)',
			'1;',
			'1 // two',
			'1 /* two */',
			'1 <!-- 2',
			'a-->b',
		],
		...[
			'1\n2',
			'1\u20282',
			'$json.a]',
			'[$json.a',
			')(',
			'[1]',
			'...$json.a',
			'{ a: 1 }',
			'$json.a\\u0041',
		],
		...[
			'`text`',
			'`${$json.a}`',
			'/a/.test($json.a)',
			'4 //',
			'$json.a ++',
			'a = 1',
			'$json.a = 1',
		],
	])('ends, hides or changes nothing of the others: %j', (code) => {
		expect(isListable(code)).toBe(false);
	});

	it.each([
		...[
			'$now',
			'$today',
			'DateTime.now()',
			'new Date()',
			'$json.a.toDateTime()',
			'x',
			'this',
			'NaN',
		],
		...[
			'$json.a.isEmpty()',
			'$json.a.round(2)',
			'$if($json.a, 1, 2)',
			"$('A').first().json.b",
			'$input.first()',
		],
		...[
			"$('A').all()",
			'$node["A"].json.b',
			'$parameter.a',
			'$self',
			'$fromAI("a")',
			'$vars.a',
			'$itemIndex',
		],
		...[
			'$json.trim',
			'$json.a.trim',
			'$json.list.pop()',
			'$json.list.reverse()',
			'$json["trim"]()',
			'$json.a?.()',
		],
		...[
			'"a.isEmpty()"',
			'"$if("',
			'$json["e.f("]',
			'typeof $json.a',
			'"a" in $json',
			'delete $json.a',
		],
		...[
			'010',
			'0x10',
			'1_000',
			'1n',
			'.5',
			'5.',
			'1e3',
			"'a' 'b'",
			'$json .a.b()',
			'String',
			'JSON.parse("1")',
		],
		...[
			'$input',
			'$input.item',
			"$('A')",
			"$('A').item",
			'$("A" + "b").item.json.c',
			'$json[$json.a]',
			'$json[1.0]',
			'$json[12345678901234567890]',
		],
	])('is nothing but fields, their functions and signs: %j', (code) => {
		expect(isListable(code)).toBe(false);
	});
});

describe('code that changes nothing', () => {
	it.each([
		...[
			'$now.toFormat("yyyy")',
			'$json.list.map((one) => one.a).join(", ")',
			"$('A').first().json.b",
		],
		...[
			'$if($json.a === 1, "b", "c")',
			'`${$json.a} and ${String($json.b)}`',
			'$json.a <= 1',
			'"a = 1"',
		],
		...[
			'$json.a.replace(/\\D/g, "")',
			'DateTime.fromISO($json.a).toISODate()',
			'$fromAI("amount")',
		],
	])('leaves the items as they are: %j', (code) => {
		expect(changesNothing(code)).toBe(true);
	});

	it.each([
		...[
			'$json.a = 1',
			'$json.a += 1',
			'$json.a >>= 1',
			'$json.a ??= 1',
			'$json.a++',
			'--$json.a',
			'delete $json.a',
		],
		...[
			'$json.list.pop()',
			'$json.list.reverse()',
			'$json.list.sort()',
			'$json.list.splice(0)',
			'$json.list.push(1)',
		],
		...[
			'Object.assign($json, {})',
			'$json["list"]["pop"]()',
			'$json.list?.pop?.()',
			'(() => $json.list.pop())()',
		],
		...[
			'$json.list.pop`a`',
			'$json.list["pop"]`a`',
			'`${$json.a = 1}`',
			'$json.list.map((a) => (a.b = 1))',
			'f($json)',
		],
	])('is known not to: %j', (code) => {
		expect(changesNothing(code)).toBe(false);
	});
});
