import fc from 'fast-check';

const ALLOWED = 'abcxyzABCXYZ019-_.';
/** It begins with a letter, so that it is no number in another spelling; no part of it is empty. */
const reference = fc
	.string({ unit: fc.constantFrom(...ALLOWED), maxLength: 49 })
	.map((text) => `R${text}`.replace(/[-_.]+(?=[-_.]|$)/g, ''));
const identifier = fc.constantFrom('D0000000000000000000000000000002', 'guid-like-1', 'x');
const cents = fc
	.tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }))
	.filter(([whole, rest]) => whole + rest > 0)
	.map(([whole, rest]) => `${whole}.${String(rest).padStart(2, '0')}`);
const day = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

/** An instruction that keeps every rule. */
export const instruction = fc.record(
	{
		instructionRef: reference,
		customerRef: reference,
		direction: fc.constantFrom('CREDIT', 'DEBIT'),
		amount: cents,
		currency: fc.constantFrom('EUR', 'GBP', 'USD'),
		country: fc.constantFrom('DE', 'GB', 'IE'),
		schemeId: identifier,
		financialInstrumentId: identifier,
		settledByDate: day,
	},
	{ requiredKeys: ['instructionRef', 'customerRef', 'direction', 'amount', 'currency', 'country'] },
);
export const metadata = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.string(), {
	maxKeys: 3,
});
