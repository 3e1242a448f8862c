import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { EarlierCreates } from '../../../../nodes/Imburse/execution/guards/earlierCreates.ts';
import type { ItemResult, PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';

/** Every run of the node in one execution has what the node remembers in common. */
function execution(retryOnFail = false) {
	const kept = {};
	const context = {
		getContext: () => kept,
		getExecutionId: () => '7',
		getNode: () => ({ type: 'n8n-nodes-imburse.imburse', retryOnFail }),
		evaluateExpression: () => 0,
	} as unknown as IExecuteFunctions;
	return { begin: () => new EarlierCreates(context, 'tenant-1') };
}

function create(orderRef: string, amount = '10.00'): PreparedItem {
	const sentFields = { orderRef, amount };
	const readBack = { whole: { sentFields }, parts: [] };
	const plan = { label: `Payment Order "${orderRef}"`, request: {}, readBack, echo: {} };
	return { index: 0, tenantId: '', wasSentBefore: false, plan } as unknown as PreparedItem;
}

function made(item: PreparedItem): ItemResult {
	return { item, ok: true, response: { result: 'created' } } as unknown as ItemResult;
}

describe('what an execution has created', () => {
	it('is recalled by a later run, and by no other than the item of that name', () => {
		const { begin } = execution();
		begin().remember(made(create('A')));
		const later = begin();
		expect(later.recall(create('A'))).toMatchObject({ wasSentBefore: true, earlier: 'reported' });
		expect(later.recall(create('B'))).toEqual(create('B'));
	});

	it('is known to the next try as its own', () => {
		const { begin } = execution(true);
		begin().remember(made(create('A')));
		expect(begin().recall(create('A'))).toMatchObject({ earlier: 'made' });
		expect(begin().recall(create('A', '20.00'))).toMatchObject({ earlier: 'madeOtherwise' });
	});

	it('is recalled by a run that had begun before, such as another call of an AI agent', () => {
		const { begin } = execution();
		const [first, second] = [begin(), begin()];
		expect(second.recall(create('A'))).toEqual(create('A'));
		first.remember(made(create('A')));
		expect(second.recall(create('A'))).toMatchObject({ wasSentBefore: true, earlier: 'reported' });
	});
});
