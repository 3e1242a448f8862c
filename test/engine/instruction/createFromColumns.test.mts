import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useIdleClock } from '../../support/idleClock.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { callsOf, failuresOf, paired, sourceOf } from '../support/operations.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
	await imburse.run({ resource: 'paymentOrder', operation: 'create', orderRef: 'CLM-1' });
});
afterEach(() => imburse.stop());

function create(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'create',
		inputMode: 'columns',
		mappingMode: 'autoMapInputData',
		sameForAllRows: { country: 'DE' },
		metadataColumns: 'policy',
		...changed,
	};
}

const row = (number: number, changed: IDataObject = {}): IDataObject => ({
	orderRef: 'CLM-1',
	instructionRef: `CLM-1-${number}`,
	customerRef: `CUST-${number}`,
	direction: 'CREDIT',
	amount: '10.50',
	currency: 'EUR',
	schemeId: imburse.sandbox.options.schemeIds.payout,
	Policy: `P-${number}`,
	...changed,
});

const errors = { onError: 'continueErrorOutput' } as const;

it('each row adds an instruction to its order, once, with its own metadata', async () => {
	const items = [row(1), row(2)];
	const run = await imburse.run(create(), { items });
	expect(run.error).toBeUndefined();
	expect(run.success.map(({ json }) => [json.instructionRef, json.metadata, json.result])).toEqual([
		['CLM-1-1', { policy: 'P-1' }, 'created'],
		['CLM-1-2', { policy: 'P-2' }, 'created'],
	]);
	const again = await imburse.run(create(), { items });
	expect(paired(again, 'result')).toEqual([
		['alreadyExisted', 0],
		['alreadyExisted', 1],
	]);
	expect(imburse.sandbox.store.orders[0]?.instructions).toHaveLength(2);
});

it('a row that lacks a column or breaks a rule is named, the others are made', async () => {
	const without = Object.entries(row(2)).filter(([name]) => name !== 'direction');
	const items = [row(1), Object.fromEntries(without), row(3, { currency: 'eur' })];
	const run = await imburse.run(create(), { items, ...errors });
	expect(run.success.map(sourceOf)).toEqual([0]);
	expect(failuresOf(run).map(({ message }) => message)).toEqual([
		expect.stringContaining('Direction (column "direction"): there is no value'),
		expect.stringContaining('Currency (column "currency"): "eur"'),
	]);
});

it('a column of metadata that no row has is named in a hint', async () => {
	const run = await imburse.run(create({ metadataColumns: 'Police' }), { items: [row(1)] });
	expect(run.hints.map(({ message }) => message).join()).toContain(
		'Metadata > Police: no item has a field of this name, so it was left out.',
	);
});

it('a card number in a column of metadata is refused', async () => {
	const before = callsOf(imburse).length;
	const items = [row(1, { Policy: '4111 1111 1111 1111' })];
	const run = await imburse.run(create(), { items });
	expect(run.error?.message).toContain('Metadata > policy');
	expect(callsOf(imburse, before)).toEqual([]);
});
