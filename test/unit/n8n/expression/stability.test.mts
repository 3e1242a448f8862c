import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { findUnstableWord } from '../../../../nodes/Imburse/n8n/expression/stability.ts';

/** Code, and the word that a message names. */
const UNSTABLE = [
	// What is another value on every run.
	['$now', '$now'],
	['$now.toISO()', '$now.toISO'],
	['$today.toISODate()', '$today.toISODate'],
	['$execution.id', '$execution.id'],
	['$executionId', '$executionId'],
	['$runIndex', '$runIndex'],
	['$resumeWebhookUrl', '$resumeWebhookUrl'],
	['$prevNode.runIndex', '$prevNode.runIndex'],
	['$fromAI("reference")', '$fromAI'],
	['$fromai("reference")', '$fromai'],
	['Math.random()', 'Math.random'],
	['Math . random ()', 'Math.random'],
	['Math["random"]()', 'Math["random"]'],
	['Math?.["random"]()', 'Math?.['],
	['[1].map(Math.random)', 'Math.random'],
	['[Math][0].random()', 'Math'],
	['[1, 2].randomItem()', 'randomItem'],
	['crypto.randomUUID()', 'crypto.randomUUID'],
	['uuidv4()', 'uuidv4'],
	['Date.now()', 'Date.now'],
	['new Date()', 'new Date()'],
	['new Date(...[])', 'new Date(...'],
	['+new Date', 'new Date'],
	['Date()', 'Date'],
	['Date($json.date)', 'Date'],
	['DateTime.now()', 'DateTime.now'],
	['DateTime.local()', 'DateTime.local'],
	["DateTime.local({ zone: 'Europe/Berlin' })", 'DateTime.local'],
	['DateTime.utc( )', 'DateTime.utc'],
	['performance.now()', 'performance.now'],
	['$json.date.toDateTime().diffNow()', 'toDateTime'],
	['$json.date.diffToNow("days")', 'diffToNow'],
	['$json.time.toDateTime().toFormat("yyyyMMdd")', 'toDateTime'],
	['DateTime.fromISO($json.time).toFormat("yyyyMMdd")', 'DateTime.fromISO'],
	['$json.date.toRelative()', 'toRelative'],
	// The place among others.
	['$itemIndex', '$itemIndex'],
	['$position', '$position'],
	['$input.all().length', '$input.all'],
	['$input.item.pairedItem.item', '$input.item'],
	['$("Sheet").item.pairedItem.item', '$("Sheet").item'],
	['$("Sheet").all().length', '$("Sheet").all'],
	['$node["Loop"].runIndex', '$node["Loop"]'],
	['$("Loop").context.currentRunIndex', '$("Loop").context'],
	['$json.rows.indexOf($json.row)', 'indexOf'],
	['$json.rows.length', 'length'],
	['$json.rows.reduce((all, row) => [...all, all.length], [])', 'length'],
	['Object.entries($json.rows)[0][0]', 'Object.entries'],
	['$input.first().json.claim', '$input.first'],
	['$input.last().json.claim', '$input.last'],
	['$json.rows.map((row, index) => index)', 'index'],
	['[...$json.rows.keys()]', 'keys'],
	// What cannot be told.
	['$parameter.customerRef', '$parameter.customerRef'],
	['$evaluateExpression("{{ $now }}")', '$evaluateExpression'],
	['eval("1")', 'eval'],
	['this', 'this'],
	['globalThis', 'globalThis'],
	['someName', 'someName'],
	['$workflow.active', '$workflow.active'],
	['$json["a"]["constructor"]("return Date.now()")()', '('],
	['$json.a.constructor("return Date.now()")()', 'constructor'],
	['(() => 1)()', '('],
	['$json.a?.()', '('],
	['String`a`', 'String'],
	['$json.count++', '++'],
	['$json.a = 1', '='],
	['1; 2', ';'],
	// What hides: in spellings, scopes, templates, comments and patterns.
	['\\u0024now', '\\'],
	['Math.r\\u0061ndom()', 'Math.r'],
	['[1].map($now => 1) + $now', '$now'],
	['[1].map(Math => 1) + Math.random()', 'Math'],
	['[1].map(crypto => 1) + crypto', 'crypto'],
	['$json.rows.map((a, b = $now) => b)', 'a'],
	['`${$now}`', '$now'],
	['`a${`b${$now}`}c`', '$now'],
	['`${ { a: $now }.a }`', '$now'],
	['`a\\\\` + $now + `b`', '$now'],
	['`\\`${$now}`', '$now'],
	['"a" + $now + "b"', '$now'],
	['1 // note\u2028 + $now', '$now'],
	['1 // note\n + $now', '$now'],
	["$json.a + /'/ + $now + '-x'", '$now'],
	["$json.a.replace(/[\\]'/]/g, '') + $now + '-x'", '$now'],
	["{}/'/ + $now + '/", '/'],
	['$json.n / $now / 2', '$now'],
	["'not closed + $now", "'"],
	['/* not closed $now */ + $now', '$now'],
] as const;

const STABLE = [
	'$json.claimNumber',
	'$json["claim number"]',
	'$json?.claim?.number',
	'$json.$now',
	'$json . $now',
	'$json["$now"]',
	'$json.runIndex',
	'$json.random + 1',
	'$input.item.json.claim',
	'$data.claim',
	'$json.claim;',
	'$json.length',
	'$json.claim.split("/").pop()',
	"$('Read Claims').item.json.id",
	'$("Read Claims").first().json["id"]',
	'$node["Read Claims"].json.id',
	'$node.Sheet.json.id',
	'$vars.prefix + $json.id',
	'$env.PREFIX',
	'$workflow.id',
	'String($json.id).padStart(8, "0")',
	'Number($json.id).toFixed(0)',
	'$json.ids.map(Number).join("-")',
	'$json.date.slice(0, 10).replaceAll("-", "")',
	'new Date($json.date).getTime()',
	'Date.UTC(2026, 1)',
	'$json.a ?? $json.b',
	'$json.isNew ? $json.a : "x"',
	'$if($json.a, 1, 2)',
	'$json.rows.map(row => row.id).join("-")',
	'$json.rows.map((row, index) => row.id).join("-")',
	'$json.rows.reduce((sum, row) => sum + row.amount, 0)',
	'Math.round($json.amount * 100)',
	'JSON.stringify({ a: $json.x, "b": 1 })',
	'($json.a + "-" + $json.b).toUpperCase()',
	'[$json.a, $json.b].join("-")',
	'$json.a / 2 / 3',
	'"Math.random()"',
	"'it\\'s $now'",
	'`$now`',
	'`CLM-${$json.id}`',
	'`\\`$now \\${$now}`',
	'`${"$now"}`',
	'1 /* $now */ + 2',
	'1 // $now',
	'$json.a.replace(/$now/g, "")',
	'$json.a.replace(/[/]$now/, "")',
] as const;

describe('findUnstableWord', () => {
	it.each(UNSTABLE)('finds in %s the word %s', (code, word) => {
		expect(findUnstableWord(`={{ ${code} }}`)).toBe(word);
		expect(findUnstableWord(`=CLM-{{ $json.id }}-{{${code}}}`)).toBe(word);
	});

	it.each(STABLE)('finds nothing in %s', (code) => {
		expect(findUnstableWord(`={{ ${code} }}`)).toBeUndefined();
	});

	it.each([
		'a plain text',
		'{{ $now }} without an equals sign',
		'=$now',
		'=\\{{ $now }}',
		'',
		'={{}}',
	])('takes %s for a text', (raw) => {
		expect(findUnstableWord(raw)).toBeUndefined();
	});

	it.each(['={{ $now', '=A{{ 1 }}{{ $now }}'])('reads all of %s', (raw) => {
		expect(findUnstableWord(raw)).toBe('$now');
	});

	it('finds it behind anything stable, and not when all of it is a text', () => {
		const around = fc.constantFrom(
			'',
			'$json.id + ',
			'"a" + ',
			'`${1}` + ',
			'(1 / 2) + ',
			'[/x/g] + ',
		);
		const code = fc.constantFrom(...UNSTABLE.slice(0, 40).map(([text]) => text));
		const quotes = fc.constantFrom('"', "'", '`');
		fc.assert(
			fc.property(around, code, around, quotes, (before, changing, between, quote) => {
				expect(findUnstableWord(`={{ ${before}${between}${changing} }}`)).toBeDefined();
				const text = quote + changing.replaceAll('"', '').replaceAll("'", '') + quote;
				expect(findUnstableWord(`={{ ${before}${between}${text} }}`)).toBeUndefined();
			}),
		);
	});

	it('reads any text', () => {
		const pieces = fc.array(
			fc.constantFrom(
				'{{',
				'}}',
				'`',
				'${',
				'}',
				'"',
				"'",
				'\\',
				'/',
				'*',
				'$now',
				'[',
				']',
				'=>',
				'(',
			),
		);
		fc.assert(
			fc.property(pieces, (parts) => {
				const word = findUnstableWord(`=${parts.join('')}`);
				expect(['string', 'undefined']).toContain(typeof word);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('what JavaScript itself makes of an expression', () => {
	const leaves = fc.constantFrom(
		...['$json.a', '"x"', '`y${$json.b}`', '1', '$json["a"]', '$now', 'Math.random()'],
	);
	const { code } = fc.letrec<{ code: string }>((tie) => ({
		code: fc.oneof(
			{ maxDepth: 4 },
			leaves,
			fc.tuple(tie('code'), tie('code')).map(([a, b]) => `(${a} + ${b})`),
			fc.tuple(tie('code'), tie('code')).map(([a, b]) => `(${a} / ${b} / 2)`),
			tie('code').map((a) => `String(${a}).toUpperCase()`),
			tie('code').map((a) => `[${a}].map(x => x).join("-")`),
			tie('code').map((a) => '`${' + a + '}`'),
			tie('code').map((a) => `(${a} /* $now */)`),
		),
	}));

	it('is the same twice where nothing unstable is found', () => {
		let now = 0;
		const run = (text: string) =>
			String(runInNewContext(text, { $json: { a: 'A', b: 2 }, $now: ++now }));
		fc.assert(
			fc.property(code, (text) => {
				const isStable = findUnstableWord(`={{ ${text} }}`) === undefined;
				expect(isStable).toBe(!/\$now(?! \*\/)|Math\.random/.test(text));
				if (isStable) expect(run(text)).toBe(run(text));
			}),
		);
	});
});
