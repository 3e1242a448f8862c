import { describe, expect, it } from '@jest/globals';
import { createFailure } from '../../../../nodes/Imburse/api/errors/failure.ts';
import {
	ItemError,
	type ItemClient,
} from '../../../../nodes/Imburse/execution/client/itemClient.ts';
import type { CountMoney } from '../../../../nodes/Imburse/execution/items.ts';
import { createOperationClient } from '../../../../nodes/Imburse/execution/client/operationClient.ts';

const MONEY = { amount: '5.00', currency: 'EUR' };
const READ = { endpoint: 'getTenant' } as const;
const FAILURE = {
	...createFailure({
		message: 'refused',
		advice: 'Ask for the role.',
		clientCorrelationId: 'own-id',
		outcome: 'rejected',
	}),
	httpStatus: 403,
	correlationId: '0HL:1',
};

function operationClient(
	given: Partial<Record<keyof ItemClient, unknown>> = {},
	countMoney: CountMoney = () => [],
) {
	const client = {
		label: 'Instruction "I" (item 1)',
		item: { correlationId: 'own-id' },
		request: async () => ({ ok: false, failure: FAILURE }),
		delay: async () => {},
		isStopped: () => false,
		elapsed: () => 7,
		...given,
	};
	return createOperationClient(client as unknown as ItemClient, countMoney);
}

async function failureOf(work: () => unknown) {
	const error: unknown = await (async () => await work())().catch((thrown: unknown) => thrown);
	if (error instanceof ItemError) return error.failure;
	throw new Error('It did not end the item.');
}

describe('money that is known only once it was read', () => {
	it('is counted, and the item goes on where it fits', () => {
		const counted: unknown[] = [];
		const countMoney: CountMoney = (_, money) => {
			counted.push(money);
			return [];
		};
		operationClient({}, countMoney).countMoney(MONEY);
		expect(counted).toEqual([MONEY]);
	});

	it('ends the item where a limit does not allow it', async () => {
		const error = { field: 'Max Total', reason: 'it is too much', fix: 'Raise it.' };
		const client = operationClient({}, () => [error]);
		expect(await failureOf(() => client.countMoney(MONEY))).toMatchObject({
			message: 'Instruction "I" (item 1) was not changed: Max Total: it is too much',
			description: expect.stringMatching(/^Nothing was changed\. Raise it\./) as unknown,
			outcome: 'invalid',
			retryable: false,
		});
	});
});

describe('a wait of an operation', () => {
	it('goes on afterwards as long as the run does', async () => {
		const waited: number[] = [];
		const imburse = operationClient({ delay: async (wait: number) => void waited.push(wait) });
		await imburse.delay(1_000);
		expect(waited).toEqual([1_000]);
	});

	it('ends the item and the run when the run was stopped meanwhile', async () => {
		const imburse = operationClient({ isStopped: () => true });
		expect(await failureOf(() => imburse.delay(1_000))).toMatchObject({
			message: 'Instruction "I" (item 1): the run was stopped while it waited',
			description: expect.stringMatching(
				/^Nothing was undone\. Run it again to go on\./,
			) as unknown,
			outcome: 'timeout',
			abortsRun: true,
			clientCorrelationId: 'own-id',
		});
	});
});

describe('a request that failed', () => {
	it('ends the item with its failure', async () => {
		expect(await failureOf(() => operationClient().request(READ))).toEqual(FAILURE);
		expect(await failureOf(() => operationClient().failWith(FAILURE))).toEqual(FAILURE);
	});

	it('is returned to an operation that has words of its own for it', async () => {
		expect(await operationClient().attempt(READ)).toMatchObject({ failure: FAILURE });
	});
});

describe('a failure in words of the operation', () => {
	it.each([
		['outcome', {}, true],
		['operation', { retryable: false }, false],
	])('is retryable as the %s says', async (_, known, retryable) => {
		const fail = () => operationClient().fail('timeout', 'not yet', 'Wait.', known);
		expect(await failureOf(fail)).toMatchObject({ message: 'not yet', retryable });
	});

	it('keeps what is certain of the request behind it', async () => {
		const fail = () => operationClient().fail('unknown', 'lost', 'Look.', { failed: FAILURE });
		const failure = await failureOf(fail);
		expect(failure).toMatchObject({ httpStatus: 403, correlationId: '0HL:1', outcome: 'unknown' });
		expect(failure.description).toContain('Look.');
		expect(failure.description).not.toContain('Ask for the role.');
	});
});
