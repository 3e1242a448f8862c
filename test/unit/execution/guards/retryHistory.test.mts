import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { executionMemory } from '../../../../nodes/Imburse/execution/guards/executionMemory.ts';
import { refuseSecondSending } from '../../../../nodes/Imburse/execution/guards/retryHistory.ts';
import type { PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';
import type { Operation } from '../../../../nodes/Imburse/operation.ts';

const OWN_TENANT = 'tenant-1';
const LABEL = 'instruction "I" of Payment Order "A"';

function refusals(sentFor: string, tenantId: string, sendsOnce = true) {
	const kept = {};
	const context = { getContext: () => kept } as unknown as IExecuteFunctions;
	const sent = { turn: 0, index: 0, tenantId: sentFor, label: LABEL, advice: '' };
	executionMemory(context).sent.push(sent);
	const item = { index: 3, tenantId, plan: { label: LABEL } } as unknown as PreparedItem;
	const operation = (sendsOnce ? { sendsOnce } : {}) as Operation;
	return refuseSecondSending(context, operation, OWN_TENANT, [item]).map(
		({ itemIndex }) => itemIndex,
	);
}

describe('what must be sent only once', () => {
	it.each([
		['', ''],
		['', OWN_TENANT],
		[OWN_TENANT, ''],
		['tenant-2', 'tenant-2'],
	])('is refused a second time (tenant "%s", then "%s")', (before, now) => {
		expect(refusals(before, now)).toEqual([3]);
	});

	it.each([
		['', 'tenant-2'],
		['tenant-2', ''],
	])('is something else in another tenant (tenant "%s", then "%s")', (before, now) => {
		expect(refusals(before, now)).toEqual([]);
	});

	it('is nothing that may be sent again', () => {
		expect(refusals('', '', false)).toEqual([]);
	});
});
