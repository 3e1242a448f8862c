import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { allPages, samplesOf } from '../unit/docs/pages.mts';
import { useIdleClock } from '../support/idleClock.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from './support/imburse.mts';
import { byId, createByColumns } from './support/operations.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

/** The only JSON sample of a page. */
function sampleOf(path: string): unknown {
	const page = allPages().find((one) => one.path === path)!;
	const samples = samplesOf(page, 'json');
	expect(samples).toHaveLength(1);
	return JSON.parse(samples[0]!) as unknown;
}

const COLUMNS = {
	orderRef: 'claim',
	instructionRef: 'claim',
	customerRef: 'customer',
	amount: 'amount',
};
const create = (options: INodeParameters = {}): INodeParameters =>
	createByColumns(COLUMNS, imburse.sandbox.options.schemeIds.payout, { options });

const payment = (claim: string, amount: string) => ({ claim, customer: 'CUST-1', amount });

describe('the samples of the docs', () => {
	it('show an error as the error output has it', async () => {
		const { error: sample } = sampleOf('docs/errors.md') as { error: IDataObject };
		const [code] = sample.errorCodes as string[];
		const text = JSON.stringify({
			timestamp: 1569248349,
			correlationId: sample.correlationId,
			errors: [{ errorCode: code, message: 'Missing' }],
		});
		imburse.sandbox.setFaults([
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 400,
				body: { text },
				route: 'createOrder',
				calls: { from: 3, to: 3 },
			},
		]);
		const items = [15, 16, 17].map((claim) => payment(`CLAIM-${claim}`, '10.00'));
		const run = await imburse.run(create({ maxConcurrency: 1, waitUntilCreated: false }), {
			items,
			onError: 'continueErrorOutput',
		});
		const error = run.failed[0]!.json.error as IDataObject;
		const { clientCorrelationId, description, ...same } = sample;
		expect(error).toMatchObject(same);
		expect(Object.keys(error).sort()).toEqual(Object.keys(sample).sort());
		expect(typeof error.clientCorrelationId).toBe(typeof clientCorrelationId);
		expect(error.description).toContain((description as string).replace(' ...', ''));
	});

	it('show a batch as Validate Only has it', async () => {
		const sample = sampleOf('docs/approval.md') as IDataObject;
		const items = ['1000.00', '2000.50', '449.5'].map((amount, i) => payment(`CLM-${i}`, amount));
		const run = await imburse.run(create({ validateOnly: true }), { items });
		const batch = run.success[0]!.json.batch as IDataObject;
		const { fingerprint, ...same } = sample;
		expect(batch).toMatchObject(same);
		expect(Object.keys(batch).sort()).toEqual(Object.keys(sample).sort());
		const [whole = '', ...aspects] = (fingerprint as string).split('-');
		const [ownWhole = '', ...ownAspects] = (batch.fingerprint as string).split('-');
		expect(ownWhole).toHaveLength(64);
		expect(whole).toMatch(/^[0-9a-f]+…$/);
		expect(ownAspects.map(({ length }) => length)).toEqual(aspects.map(({ length }) => length));
	});

	it('show what an agent reads that may not pay', async () => {
		const sample = sampleOf('docs/ai-agent.md');
		const instruction = {
			instructionRef: 'CLAIM-1',
			customerRef: 'CUST-1',
			direction: 'CREDIT',
			amount: '10.00',
			currency: 'EUR',
			country: 'DE',
			schemeId: byId(imburse.sandbox.options.schemeIds.payout),
		};
		const parameters = {
			resource: 'paymentOrder',
			operation: 'create',
			orderRef: 'CLAIM-1',
			instructions: { instruction: [instruction] },
			options: { maxTotals: { total: [{ amount: '100.00', currency: 'GBP' }] } },
		};
		const credentials = { imburseApi: CREDENTIAL_ID };
		const { answers } = await imburse.engine.runTool({
			node: { type: `${NODE_TYPE}Tool`, credentials, parameters },
			calls: [{}],
		});
		expect(answers.map(asRead)).toEqual([sample]);
		expect(imburse.sandbox.requests).toEqual([]);
	});
});

/** An agent reads what a tool answers as text. */
function asRead(answer: unknown): unknown {
	return typeof answer === 'string' ? (JSON.parse(answer) as unknown) : answer;
}
