import type { IDataObject } from 'n8n-workflow';

import type { PrepareContext } from '../../../nodes/Imburse/operation.ts';

/** What an operation is told besides its parameters. */
export const SETTING = {
	apiVersion: 'v1',
	bodyFormat: 'json',
	environment: 'sandbox',
	timeZone: 'UTC',
	today: '2030-01-02',
	item: {},
	run: { workflowId: 'w', workflowName: 'Workflow', executionId: '1' },
} as unknown as PrepareContext;

/** Parameters with which every operation has a plan. */
export const PARAMETERS: IDataObject = {
	orderRef: 'ORDER-1',
	instructionRef: 'INSTRUCTION-1',
	customerRef: 'CUSTOMER-1',
	batchRef: 'BATCH-1',
	appId: 'TANGOCARD_RAAS',
	schemeId: 'D0000000000000000000000000000002',
	schemeType: 'payout',
	rewardId: 'REWARD-1',
	reason: 'Paid twice',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
	matchType: 'Exact',
	metadata: { entry: [{ key: 'branch', value: 'North' }] },
	updateFields: { amount: '10.00' },
	reachedStatuses: 'READY',
	failedStatuses: 'FAILED',
	timeLimit: 0,
	limit: 50,
};

/** An instruction as Imburse answers, of either generation (API reference 5). */
export const INSTRUCTION: IDataObject = {
	customerRef: 'CUSTOMER-1',
	direction: 'CREDIT',
	status: 'READY',
	amount: 210,
	currency: 'EUR',
	country: 'DE',
	settledByDate: '2030-12-31T00:00:00.000Z',
	financialInstrument: { financialInstrumentId: null, source: 'NONE', canUpdate: true },
	scheme: { schemeId: 'D-1', source: 'MANUALLY_SET', canUpdate: true },
	metadata: { branch: 'North' },
};

/** Where a claim leads (API reference 4.1). */
export const LOCATION = '/v1/customer-vault/CUSTOMER-1/reward/F-1/transaction/T-1';
