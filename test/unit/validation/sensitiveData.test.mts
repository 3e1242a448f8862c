import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateSensitiveData } from '../../../nodes/Imburse/validation/sensitiveData.ts';
import { hintsOf, reasonsOf, valueOf, errorsOf } from './outcome.mts';

const CARD = '4111-1111-1111-1111';
const IBAN = 'DE89 3704 0044 0532 0130 00';
const HOW_TO_ALLOW = "set Sensitive Data in Metadata to Hint in the node's options";
const WHY =
	'Imburse asks that metadata hold no personal or card data, and sends it back with every webhook.';

const check = (metadata: Record<string, string>, mode: 'refuse' | 'hint' | 'off') =>
	validateSensitiveData(metadata, 'Metadata', mode, HOW_TO_ALLOW);

const manyKeys = (count: number) => Array.from({ length: count }, (_, index) => `key${index}`);

describe('validateSensitiveData', () => {
	it('says how to have a number sent all the same', () => {
		const [error] = errorsOf(check({ note: IBAN }, 'refuse'));
		expect(error?.fix).toContain(`${HOW_TO_ALLOW}.`);
	});

	it('refuses a card number, shows it masked and says what to do with a claim number', () => {
		expect(errorsOf(check({ note: `paid with ${CARD}` }, 'refuse'))).toEqual([
			{
				field: 'Metadata > note',
				reason: 'the value looks like it holds a card number (**** **** **** 1111)',
				fix: `${WHY} Take that out, or, where it is a number of your own such as a claim number, set Sensitive Data in Metadata to Hint in the node's options.`,
			},
		]);
	});

	it('looks into keys and values of every pair, and names all that it finds', () => {
		const metadata = { [CARD]: 'x', payee: IBAN, both: `${CARD}, ${IBAN}`, fine: 'CLM-17' };
		expect(reasonsOf(check(metadata, 'refuse'))).toEqual([
			'Metadata > **** **** **** 1111: the key looks like it holds a card number (**** **** **** 1111)',
			'Metadata > payee: the value looks like it holds an IBAN (DE** **** **** 3000)',
			'Metadata > both: the value looks like it holds a card number (**** **** **** 1111) and an IBAN (DE** **** **** 3000)',
		]);
	});

	it('names three numbers of a text, and counts the others', () => {
		const cards = ['4111111111111111', '5500000000000004', '378282246310005', '6011111111111117'];
		const [reason] = reasonsOf(check({ note: [...cards, IBAN].join(', ') }, 'refuse'));
		expect(reason).toBe(
			'Metadata > note: the value looks like it holds a card number (**** **** **** 1111), a card number (**** **** **** 0004), a card number (**** **** **** 0005) and 2 more',
		);
	});

	it('gives hints in place of refusals where the user chose so', () => {
		const metadata = { note: CARD };
		expect(valueOf(check(metadata, 'hint'))).toBe(metadata);
		expect(hintsOf(check(metadata, 'hint'))).toEqual([
			`Metadata > note: the value looks like it holds a card number (**** **** **** 1111). ${WHY}`,
		]);
	});

	it.each(['ann@example.com', 'Write to a.b+c@mail.example.co.uk!'])(
		'gives a hint for the e-mail address in %p, and sends it',
		(text) => {
			const hint = [`Metadata > mail: looks like it holds an e-mail address. ${WHY}`];
			expect(hintsOf(check({ mail: text }, 'refuse'))).toEqual(hint);
			expect(hintsOf(check({ mail: text }, 'hint'))).toEqual(hint);
		},
	);

	it('sees an e-mail address in a key', () => {
		expect(hintsOf(check({ 'ann@example.com': '' }, 'refuse'))).toHaveLength(1);
	});

	it.each(['@example.com', 'ann@', 'ann@example', 'ann @ example.com', 'x @a.b'])(
		'does not take %p for an e-mail address',
		(text) => {
			expect(hintsOf(check({ a: text }, 'refuse'))).toEqual([]);
		},
	);

	it('says once of all e-mail addresses of an item where they are', () => {
		const mails = (...keys: string[]) =>
			hintsOf(check(Object.fromEntries(keys.map((key) => [key, 'ann@example.com'])), 'refuse'));
		expect(mails('a', 'b')).toEqual([
			`Metadata: there seem to be e-mail addresses in a and b. ${WHY}`,
		]);
		expect(mails('a', 'b', 'c', 'd', 'e')).toEqual([
			`Metadata: there seem to be e-mail addresses in a, b, c and 2 more. ${WHY}`,
		]);
	});

	it('looks for numbers until five keys hold one, and says how many keys are left', () => {
		const rest = (count: number) => Object.fromEntries(manyKeys(count).map((key) => [key, IBAN]));
		const metadata = { [CARD]: CARD, fine: 'x', a: CARD, b: CARD, c: IBAN, d: IBAN };
		expect(reasonsOf(check(metadata, 'refuse'))).toHaveLength(6);
		expect(reasonsOf(check({ ...metadata, ...rest(1) }, 'refuse')).slice(5)).toEqual([
			'Metadata > d: the value looks like it holds an IBAN (DE** **** **** 3000)',
			'Metadata: 5 keys look like they hold a card number or an IBAN, and the key after them was not searched for more',
		]);
		expect(reasonsOf(check({ ...metadata, ...rest(44) }, 'refuse')).slice(6)).toEqual([
			'Metadata: 5 keys look like they hold a card number or an IBAN, and the 44 keys after them were not searched for more',
		]);
		expect(errorsOf(check({ ...metadata, ...rest(2) }, 'refuse')).pop()?.fix).toBe(
			'Correct these first: the others are searched then.',
		);
	});

	it('says so in hints, too, and looks for e-mail addresses in all keys', () => {
		const metadata = Object.fromEntries(manyKeys(7).map((key) => [key, `${CARD} ann@example.com`]));
		const hints = hintsOf(check(metadata, 'hint'));
		expect(hints.slice(4)).toEqual([
			`Metadata > key4: the value looks like it holds a card number (**** **** **** 1111). ${WHY}`,
			'Metadata: 5 keys look like they hold a card number or an IBAN, and the 2 keys after them were not searched for more.',
			`Metadata: there seem to be e-mail addresses in key0, key1, key2 and 4 more. ${WHY}`,
		]);
	});

	it('refuses an item exactly if any key holds a number, wherever it stands', () => {
		const values = fc.array(fc.constantFrom('x', 'CLM-17', CARD, IBAN), { maxLength: 12 });
		fc.assert(
			fc.property(values, (all) => {
				const metadata = Object.fromEntries(all.map((value, index) => [`key${index}`, value]));
				const hasNumber = all.some((value) => value === CARD || value === IBAN);
				expect(check(metadata, 'refuse').ok).toBe(!hasNumber);
				expect(hintsOf(check(metadata, 'hint')).length > 0).toBe(hasNumber);
			}),
		);
	});

	it('says nothing when it is switched off', () => {
		const metadata = { note: CARD, mail: 'ann@example.com' };
		expect(check(metadata, 'off')).toEqual({ ok: true, value: metadata, hints: [] });
	});

	it('never shows more than the last four digits', () => {
		const around = fc.string({ unit: fc.constantFrom(...'abc ,;') });
		fc.assert(
			fc.property(around, around, fc.constantFrom('refuse', 'hint'), (before, after, mode) => {
				const text = before + CARD + after;
				expect(JSON.stringify(check({ [text]: text }, mode)).replaceAll(text, '')).not.toMatch(
					/4111|1111\D{0,2}1111/,
				);
			}),
		);
	});
});
