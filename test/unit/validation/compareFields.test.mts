import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	compareFields,
	metadataIn,
	normalizedFields,
	paymentIdentity,
	unconfirmedFields,
	type SentFields,
} from '../../../nodes/Imburse/validation/compareFields.ts';

const SENT_FIELDS: SentFields = {
	instructionRef: 'CLAIM-17-1',
	customerRef: 'CUST-4711',
	direction: 'CREDIT',
	amount: '210.00',
	currency: 'EUR',
	country: 'DE',
	schemeId: '0A1B2C3D4E5F60718293A4B5C6D7E8F9',
	financialInstrumentId: '7d0f4c5e-0000-4000-8000-000000000001',
	settledByDate: '2026-12-31',
	metadata: { claim: '17', branch: 'Zürich' },
};

/** The model of API reference 5. */
const FOUND = {
	instructionRef: 'CLAIM-17-1',
	customerRef: 'CUST-4711',
	direction: 'CREDIT',
	status: 'READY',
	amount: 210,
	currency: 'EUR',
	country: 'DE',
	settledByDate: '2026-12-31T00:00:00.000Z',
	scheme: { schemeId: '0A1B2C3D4E5F60718293A4B5C6D7E8F9', source: 'MANUALLY_SET', canUpdate: true },
	financialInstrument: { financialInstrumentId: '7d0f4c5e-0000-4000-8000-000000000001' },
	metadata: { claim: '17', branch: 'Zürich', customerDefault: 'of Imburse only' },
};

const EQUAL = { mismatched: [], missing: [], tolerated: [] };

describe('what is the same', () => {
	it('is the same in the form of an answer', () => {
		expect(compareFields(SENT_FIELDS, FOUND)).toEqual(EQUAL);
	});

	it.each<[string, object]>([
		['a date without time', { settledByDate: '2026-12-31' }],
		['an amount as text', { amount: '210.0' }],
		[
			'a scheme written as a GUID',
			{ scheme: { schemeId: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' } },
		],
		['no reference of its own', { instructionRef: undefined }],
		["the sample's spelling", { scheme: undefined, Scheme: FOUND.scheme }],
		["the sample's other spelling", { metadata: undefined, metaData: FOUND.metadata }],
	])('is the same with %s', (_, changed) => {
		expect(compareFields(SENT_FIELDS, withChanges(changed))).toEqual(EQUAL);
	});

	it('does not look at what was not sent', () => {
		const sent = {
			...SENT_FIELDS,
			schemeId: undefined,
			settledByDate: undefined,
			financialInstrumentId: undefined,
		};
		const answer = withChanges({ scheme: null, settledByDate: undefined });
		expect(compareFields({ ...sent, metadata: {} }, answer)).toEqual(EQUAL);
	});

	it('ignores the keys that name the run', () => {
		const sent = { metadata: { claim: '17', n8nExecutionId: '2', n8nWorkflowId: 'b' } };
		expect(compareFields(sent, { metadata: { claim: '17', n8nExecutionId: '1' } })).toEqual(EQUAL);
	});
});

describe('what differs', () => {
	it.each<[string, object, string, string]>([
		['direction', { direction: 'DEBIT' }, 'Direction', '"DEBIT"'],
		['amount', { amount: 210.01 }, 'Amount', '210.01'],
		['currency', { currency: 'USD' }, 'Currency', '"USD"'],
		['country', { country: 'AT' }, 'Country', '"AT"'],
		['customer', { customerRef: 'CUST-4712' }, 'Customer Reference', '"CUST-4712"'],
		['reference', { instructionRef: 'claim-17-1' }, 'Instruction Reference', '"claim-17-1"'],
		['scheme', { scheme: { schemeId: 'OTHER' } }, 'Scheme', '"OTHER"'],
		['a scheme that is none', { scheme: { schemeId: null } }, 'Scheme', 'nothing'],
		[
			'instrument',
			{ financialInstrument: { financialInstrumentId: 'X' } },
			'Financial Instrument ID',
			'"X"',
		],
		['date', { settledByDate: '2027-01-01' }, 'Settled By Date', '"2027-01-01"'],
		['a date that is none', { settledByDate: null }, 'Settled By Date', 'nothing'],
		['metadata', { metadata: { claim: '18', branch: 'Zürich' } }, 'Metadata > claim', '"18"'],
		['a key that is not there', { metadata: { branch: 'Zürich' } }, 'Metadata > claim', 'nothing'],
	])('%s, with both sides', (_, changed, field, found) => {
		const { mismatched, missing } = compareFields(SENT_FIELDS, withChanges(changed));
		expect(mismatched).toMatchObject([{ field, sent: expect.any(String) as unknown, found }]);
		expect(missing).toEqual([]);
	});
});

describe('what may differ', () => {
	const CHANGED = { amount: 1, settledByDate: '2027-01-01', metadata: { claim: '18' } };

	it('is told apart from the rest', () => {
		const { mismatched, tolerated } = compareFields(SENT_FIELDS, withChanges(CHANGED), [
			'metadata',
		]);
		expect(mismatched.map(({ field, kind }) => [field, kind])).toEqual([
			['Amount', 'payment'],
			['Settled By Date', 'date'],
		]);
		expect(tolerated).toEqual([
			{ field: 'Metadata > claim', kind: 'metadata', sent: '"17"', found: '"18"' },
			{ field: 'Metadata > branch', kind: 'metadata', sent: '"Zürich"', found: 'nothing' },
		]);
	});

	it('need not be in the answer, and is named then, too', () => {
		const answer = withChanges({ metadata: undefined, settledByDate: undefined });
		const { missing, tolerated } = compareFields(SENT_FIELDS, answer, ['metadata', 'date']);
		expect(missing).toEqual([]);
		expect(tolerated.map(({ field, found }) => [field, found])).toEqual([
			['Settled By Date', 'not shown'],
			['Metadata', 'not shown'],
			['Metadata', 'not shown'],
		]);
	});

	it('are not the metadata of customer defaults with those of the order', () => {
		const sent = { customerDefaults: { C: { schemeId: 'D-1', metadata: { a: '1' } } } };
		const found = { customerDefaults: { C: { scheme: { schemeId: 'D-2' }, metadata: {} } } };
		const kinds = compareFields(sent, found).mismatched.map(({ kind }) => kind);
		expect(kinds).toEqual(['payment', 'customerMetadata']);
	});
});

describe('the identity of a payment', () => {
	const other: Array<Partial<SentFields>> = [
		{ instructionRef: 'CLAIM-17-2' },
		{ customerRef: 'CUST-4712' },
		{ direction: 'DEBIT' },
		{ amount: '210.01' },
		{ currency: 'USD' },
		{ country: 'AT' },
		{ schemeId: '1A1B2C3D4E5F60718293A4B5C6D7E8F9' },
		{ schemeId: undefined },
		{ financialInstrumentId: '8d0f4c5e-0000-4000-8000-000000000001' },
		{ customerDefaults: { C: { schemeId: 'D-1' } } },
	];

	it.each(other)('is another one with %j', (changed) => {
		const changedFields = { ...SENT_FIELDS, ...changed };
		expect(paymentIdentity(changedFields)).not.toBe(paymentIdentity(SENT_FIELDS));
	});

	it.each<Partial<SentFields>>([
		{ metadata: { claim: '18' } },
		{ metadata: undefined },
		{ settledByDate: '2027-01-01' },
		{ settledByDate: undefined },
		{ amount: '210' },
		{ schemeId: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' },
		{ financialInstrumentId: '7D0F4C5E000040008000000000000001' },
	])('is the same with %j', (changed) => {
		const changedFields = { ...SENT_FIELDS, ...changed };
		expect(paymentIdentity(changedFields)).toBe(paymentIdentity(SENT_FIELDS));
	});

	it('is the same for customers in another order, with other metadata', () => {
		const A = { schemeId: 'D-1', metadata: { a: '1' } };
		const B = { schemeId: 'D-2' };
		expect(paymentIdentity({ customerDefaults: { A, B } })).toBe(
			paymentIdentity({ customerDefaults: { B, A: { schemeId: 'D-1' } } }),
		);
	});
});

it('metadata are found in either spelling, and only where they are a map', () => {
	expect(metadataIn({ metaData: { a: '1' } })).toEqual({ a: '1' });
	for (const metadata of [undefined, null, 'text', ['a']]) {
		expect(metadataIn({ metadata })).toBeUndefined();
	}
});

describe('what the answer does not tell', () => {
	const told = Object.keys(FOUND).filter((name) => name !== 'status' && name !== 'instructionRef');
	it.each(told)('is never taken to be equal: %s', (name) => {
		const { mismatched, missing } = compareFields(SENT_FIELDS, withChanges({ [name]: undefined }));
		expect(mismatched).toEqual([]);
		expect(missing).toHaveLength(1);
	});

	it.each([{}, [], null, 'a text', { orderRef: undefined }])('is all of it in %j', (answer) => {
		expect(compareFields({ orderRef: 'A' }, answer)).not.toEqual(EQUAL);
	});

	it.each([null, 'text', ['a']])('is the metadata in %j', (metadata) => {
		expect(compareFields(SENT_FIELDS, withChanges({ metadata })).missing).toEqual(['Metadata']);
	});
});

describe('customer defaults', () => {
	const sent = {
		customerDefaults: { 'CUST-1': { schemeId: 'AB12', metadata: { branch: 'Zürich' } } },
	};
	const found = (changes: object) => ({
		customerDefaults: {
			'CUST-1': { scheme: { schemeId: 'AB12' }, metadata: { branch: 'Zürich' }, ...changes },
			'CUST-2': { scheme: { schemeId: 'of somebody else' } },
		},
	});

	it('are the same customer by customer', () => {
		expect(compareFields(sent, found({}))).toEqual(EQUAL);
	});

	it('differ with both sides', () => {
		expect(compareFields(sent, found({ scheme: { schemeId: 'CD34' } })).mismatched).toEqual([
			{
				field: 'Customer Defaults > CUST-1 > Scheme',
				kind: 'payment',
				sent: '"AB12"',
				found: '"CD34"',
			},
		]);
	});

	it.each([{}, { customerDefaults: null }, { customerDefaults: { 'cust-1': {} } }])(
		'are not taken to be equal in %j',
		(answer) => {
			expect(compareFields(sent, answer).missing).toEqual(['Customer Defaults > CUST-1']);
		},
	);

	it('name the customer and the field that the answer lacks', () => {
		const answer = found({ scheme: undefined, metadata: undefined });
		expect(compareFields(sent, answer).missing).toEqual([
			'Customer Defaults > CUST-1 > Scheme',
			'Customer Defaults > CUST-1 > Metadata',
		]);
	});
});

it('agrees on metadata just when every key that was sent is there with its value', () => {
	const metadata = fc.dictionary(fc.string({ minLength: 1 }), fc.string());
	fc.assert(
		fc.property(metadata, metadata, (sent, found) => {
			const same = Object.keys(sent).every(
				(key) => Object.hasOwn(found, key) && found[key] === sent[key],
			);
			const { mismatched } = compareFields({ metadata: sent }, { metadata: found });
			expect(mismatched.length === 0).toBe(same);
		}),
	);
});

it('takes no two amounts for one', () => {
	const cents = fc.integer({ min: 1, max: 10 ** 12 });
	fc.assert(
		fc.property(cents, cents, (a, b) => {
			const sent = `${Math.floor(a / 100)}.${String(a % 100).padStart(2, '0')}`;
			const { mismatched } = compareFields({ amount: sent }, { amount: b / 100 });
			expect(mismatched.length === 0).toBe(a === b);
		}),
	);
});

describe('unconfirmedFields', () => {
	it('has nothing to name where all is the same in the form of a response', () => {
		expect(unconfirmedFields(SENT_FIELDS, FOUND)).toEqual([]);
	});

	it('names what differs and what the response lacks, as the request does', () => {
		const found = withChanges({ amount: 1, country: undefined, metadata: { claim: '17' } });
		expect(unconfirmedFields(SENT_FIELDS, found)).toEqual(['amount', 'country', 'metadata.branch']);
	});

	it('names each key where there is no metadata', () => {
		expect(unconfirmedFields(SENT_FIELDS, withChanges({ metadata: undefined }))).toEqual([
			'metadata.claim',
			'metadata.branch',
		]);
	});

	it('counts the keys that name a run like any other', () => {
		const sent = { metadata: { n8nExecutionId: '2' } };
		expect(unconfirmedFields(sent, { metadata: { n8nExecutionId: '1' } })).toEqual([
			'metadata.n8nExecutionId',
		]);
	});
});

function withChanges(changed: object): object {
	return JSON.parse(JSON.stringify({ ...FOUND, ...changed })) as object;
}

it('normalizedFields writes each field in one way, and nothing where there is nothing', () => {
	expect(normalizedFields({ ...SENT_FIELDS, amount: '210.50' })).toMatchObject({
		instructionRef: 'CLAIM-17-1',
		amount: '210.5',
	});
	expect(normalizedFields({ amount: 'a lot' })).toMatchObject({ amount: null, country: null });
});
