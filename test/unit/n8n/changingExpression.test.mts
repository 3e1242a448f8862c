import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	validateReferenceExpression,
	findChangingPart,
} from '../../../nodes/Imburse/n8n/changingExpression.ts';

const CHANGING = [
	['$now', '$now'],
	['$now.toISO()', '$now'],
	['$today.toISODate()', '$today'],
	['$execution.id', '$execution'],
	['$runIndex', '$runIndex'],
	['$prevNode.runIndex', '$prevNode.runIndex'],
	['$fromAI("reference")', '$fromAI'],
	['$fromai("reference")', '$fromai'],
	['Math.random()', 'Math.random'],
	['Math . random ()', 'Math . random'],
	['[1, 2].randomItem()', 'randomItem'],
	['crypto.randomUUID()', 'crypto.randomUUID'],
	['crypto.getRandomValues(x)', 'crypto.getRandomValues'],
	['uuidv4()', 'uuidv4'],
	['generateUuid ()', 'generateUuid'],
	['Date.now()', 'Date.now'],
	['new Date()', 'new Date()'],
	['new  Date( ).getTime()', 'new  Date( )'],
	['+new Date', 'new Date'],
	['Date()', 'Date()'],
	['DateTime.now()', 'DateTime.now'],
	['DateTime.local()', 'DateTime.local()'],
	['DateTime.utc( )', 'DateTime.utc( )'],
	['performance.now()', 'performance.now'],
	['$json.date.toDateTime().diffNow()', 'diffNow'],
	['$json.date.diffToNow("days")', 'diffToNow'],
	['[...$now]', '$now'],
] as const;

const CONSTANT = [
	'$json.claimNumber',
	'$json.$now',
	'$json . $now',
	'$json?.$today',
	'$json["$now"]',
	"$json['$execution']",
	'$nowhere',
	'my$now',
	'$json.runIndex',
	'$json.uuid',
	'$json.random',
	'$json.randomNumber + 1',
	'$json.date',
	'new Date($json.date)',
	'Date.UTC(2026, 1)',
	'DateTime.fromISO($json.date)',
	'DateTime.local(2026, 1, 1)',
	'$("Read Claims").item.json.id',
	'$itemIndex',
	'$workflow.id',
	'"Math.random()"',
	"'it\\'s $now'",
	'`$now`',
	'`\\`$now \\${$now}`',
	'`${"$now"}`',
	'`a${`$now${1}`}$now`',
	'1 /* $now */ + 2',
	'1 // $now',
	'$json.a.replace(/$now/g, "")',
	'$json.a.replace(/[/]$now/, "")',
] as const;

describe('findChangingPart', () => {
	it.each(CHANGING)('finds in %s the part %s', (code, part) => {
		expect(findChangingPart(`={{ ${code} }}`)).toBe(part);
		expect(findChangingPart(`=CLM-{{ $json.id }}-{{${code}}}`)).toBe(part);
	});

	it.each(CONSTANT)('finds nothing in %s', (code) => {
		expect(findChangingPart(`={{ ${code} }}`)).toBeUndefined();
	});

	it.each([
		['={{ `CLM-${$now}` }}', '$now'],
		['={{ `${`${ { a: $now } .a}`}` }}', '$now'],
		['={{ `${ f({ a: 1 }) + $now }` }}', '$now'],
		['={{ `a` + $now + `b` }}', '$now'],
		['={{ "a" + $now + "b" }}', '$now'],
		['={{ ("a" / 2 + $now / 3) }}', '$now'],
		["={{ $json.a.replace(/'/g, '') + $now + '-x' }}", '$now'],
		["={{ $json.a.replace(/[\\]'/]/g, '') + $now + '-x' }}", '$now'],
		['={{ `b` / $now / 2 }}', '$now'],
		["={{ 'not closed + $now }}", '$now'],
		['={{ /* not closed $now }}', '$now'],
		['={{ $now', '$now'],
		['={{ "\\}}" + $now }}', '$now'],
		['={{ "a\nb" + $now }}', '$now'],
		['={{ 1 // note\n + $now }}', '$now'],
	])('finds in %s the part %s', (expression, part) => {
		expect(findChangingPart(expression)).toBe(part);
	});

	it.each([
		['a plain text', '$now'],
		['a plain text with braces', '{{ $now }}'],
		['a text around an expression', '=$now-{{ $json.id }}-Math.random()'],
		['escaped braces', '=\\{{ $now }}'],
		['nothing', ''],
		['an empty expression', '={{}}'],
	])('takes %s for what it is', (_what, text) => {
		expect(findChangingPart(text)).toBeUndefined();
	});

	const quotes = fc.constantFrom('"', "'", '`');
	const code = fc.constantFrom(...CHANGING.map(([text]) => text));
	const around = fc.constantFrom('', '$json.id + ', '"a" + ', '`${1}` + ', '(1 / 2) + ', '/x/g, ');

	it('finds it behind anything constant, and not when all of it is a text', () => {
		fc.assert(
			fc.property(around, code, around, quotes, (before, changing, between, quote) => {
				expect(findChangingPart(`={{ ${before}${between}${changing} }}`)).toBeDefined();
				const text = quote + changing.replaceAll('"', '') + quote;
				expect(findChangingPart(`={{ ${before}${between}${text} }}`)).toBeUndefined();
			}),
		);
	});

	it('reads any text', () => {
		const pieces = fc.array(
			fc.constantFrom('{{', '}}', '`', '${', '}', '"', "'", '\\', '/', '*', '$now', '[', ']', ' '),
		);
		fc.assert(
			fc.property(pieces, (parts) => {
				const part = findChangingPart(`=${parts.join('')}`);
				if (part !== undefined) expect(part).toBe('$now');
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('validateReferenceExpression', () => {
	it('says why such a reference pays twice', () => {
		expect(validateReferenceExpression('=CLM-{{ $now }}', 'Order Reference')).toEqual({
			field: 'Order Reference',
			reason:
				'the expression contains "$now", which is different on every run, so the same data would be paid again',
			fix: 'Map a value that belongs to the payment and stays the same, for example the claim number.',
		});
	});

	it('has nothing against a reference that stays the same', () => {
		expect(
			validateReferenceExpression('={{ $json.claimNumber }}', 'Order Reference'),
		).toBeUndefined();
	});
});
