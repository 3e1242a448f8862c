import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../sandbox/index.mts';
import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { FAULTS } from '../faults/faultTable.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { callsOf, failuresOf } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

/*
 * Every status of an instruction, with every fault that can befall its cancellation, and what the node
 * says of it.
 */

useIdleClock();

/** How the instruction stands when the node comes to it, and what it says of it by itself. */
const STATUSES: Readonly<Record<string, 'cancellable' | 'alreadyCancelled' | 'rejected'>> = {
	INCOMPLETE: 'cancellable',
	READY: 'cancellable',
	LATE: 'rejected',
	PROCESSING: 'rejected',
	SETTLED: 'rejected',
	COMPLETED: 'rejected',
	FAILED: 'rejected',
	VOID: 'alreadyCancelled',
	CANCELLED: 'alreadyCancelled',
	'a status that is new': 'rejected',
	'READY, with a transaction': 'rejected',
};

/** What the node says of one that can be cancelled while this befalls the call. */
const SAID: Readonly<Record<string, string>> = {
	'nothing goes wrong': 'cancelled',
	'a slow answer': 'cancelled',
	'an answer after the time limit': 'cancelled',
	'too many calls, and told when to come back': 'cancelled',
	'too many calls': 'cancelled',
	'503 instead of the work': 'unknown',
	'500 instead of the work': 'unknown',
	'500 after the work': 'cancelled',
	'502 after the work': 'cancelled',
	'a lost connection before the work': 'unknown',
	'a lost connection after the work': 'cancelled',
	'silence before the work': 'unknown',
	'silence after the work': 'cancelled',
	'an answer that never ends': 'cancelled',
	'an answer that is cut off': 'cancelled',
	'half of the text of an answer': 'cancelled',
	'a web page with 200': 'cancelled',
	'a web page with 201': 'unknown',
	"a gateway's 404": 'unknown',
	"a gateway's 404 on every kind of call": 'unavailable',
	'sent elsewhere before the work': 'unknown',
	'sent elsewhere after the work': 'cancelled',
	'a token that ends on the way': 'cancelled',
	'only the newest token works': 'cancelled',
	'a clock that is wrong': 'unavailable',
	'lost connections on every kind of call': 'unavailable',
};

/** Those that keep the node from reading the instruction, whatever its status. */
const KEEP_FROM_READING = Object.keys(SAID).filter((fault) => SAID[fault] === 'unavailable');

/** More faults, at the very calls of a cancellation. */
const read = { route: 'getInstruction' } as const;
const own = { route: 'cancelInstruction', at: 'beforeWrite' } as const;
const MORE: ReadonlyArray<[what: string, faults: Fault[], said: string]> = [
	[
		'the first read fails',
		[{ kind: 'answer', at: 'beforeWrite', status: 500, ...read, calls: { next: 1 } }],
		'unavailable',
	],
	[
		'every later read fails',
		[{ kind: 'reset', at: 'beforeWrite', ...read, calls: { from: 2 } }],
		'unknown',
	],
	[
		'every later read is a web page',
		[{ kind: 'answer', at: 'beforeWrite', status: 200, body: 'html', ...read, calls: { from: 2 } }],
		'unknown',
	],
	[
		'the second read fails',
		[{ kind: 'reset', at: 'beforeWrite', ...read, calls: { from: 2, to: 2 } }],
		'cancelled',
	],
	[
		'later reads find nothing',
		[
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 404,
				errorCodes: ['INSTRUCTION_NOT_FOUND'],
				...read,
				calls: { from: 2 },
			},
		],
		'unknown',
	],
	[
		'the gateway knows no such path',
		[{ kind: 'answer', status: 404, body: 'problem', ...own }],
		'rejected',
	],
	['the gateway gives up', [{ kind: 'answer', status: 504, body: 'problem', ...own }], 'unknown'],
	['there is no such path', [{ kind: 'answer', status: 404, body: 'empty', ...own }], 'unknown'],
	[
		'the call is not offered',
		[{ kind: 'answer', status: 405, body: 'errors', ...own }],
		'rejected',
	],
	[
		'a gateway does not offer it',
		[{ kind: 'answer', status: 405, body: 'html', ...own }],
		'unknown',
	],
	['the key may not', [{ kind: 'answer', status: 403, ...own }], 'rejected'],
	['it is a conflict', [{ kind: 'answer', status: 409, ...own }], 'unknown'],
	['the success was none', [{ kind: 'answer', status: 202, body: 'empty', ...own }], 'unknown'],
	['the success is an error', [{ kind: 'answer', status: 200, body: 'errors', ...own }], 'unknown'],
	[
		'the work is done, and the answer is 409',
		[{ kind: 'answer', status: 409, ...own, at: 'afterWrite' }],
		'cancelled',
	],
];

const SECONDS = 2;

let imburse: ImburseOnEngine;
beforeAll(async () => {
	imburse = await startImburse();
});
afterAll(() => imburse.stop());
beforeEach(() => imburse.sandbox.reset());

async function bringTo(status: string): Promise<void> {
	const client = await ImburseClient.signIn(imburse.sandbox);
	const schemeId = status === 'INCOMPLETE' ? undefined : imburse.sandbox.options.schemeIds.payout;
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox, { schemeId })],
	});
	const move = (to: string) =>
		imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', to);
	if (status === 'READY, with a transaction') {
		move('PROCESSING');
		return move('READY');
	}
	if (status !== 'INCOMPLETE' && status !== 'READY') move(status);
}

/** What the node says, how often it has told Imburse to cancel, and what Imburse then has. */
async function tryCancelling(status: string, faults: Fault[], options = {}) {
	await bringTo(status);
	imburse.changeCredential({ accessToken: '', apiVersion: 'v2' });
	const { sandbox } = imburse;
	const since = callsOf(imburse).length;
	const usual = { ...sandbox.options };
	sandbox.setFaults(faults);
	Object.assign(sandbox.options, options);
	const run = await imburse.run(
		{
			resource: 'instruction',
			operation: 'cancel',
			orderRef: 'CLAIM-17',
			instructionRef: 'INSTRUCTION-1',
			reason: 'Claim withdrawn',
			options: { timeout: SECONDS, cancelledWithin: SECONDS },
		},
		{ onError: 'continueErrorOutput' },
	);
	Object.assign(sandbox.options, usual);
	const calls = callsOf(imburse, since).filter(({ name }) => name === 'cancelInstruction');
	const letIn = calls.filter((call) => ![401, 429].includes(call.status ?? 0));
	const stored = sandbox.store.instruction('CLAIM-17', 'INSTRUCTION-1');
	const [failure] = failuresOf(run);
	const said = failure?.outcome ?? (run.success[0]?.json as IDataObject).result;
	return { said, failure, sent: letIn.length, isCancelled: Boolean(stored?.cancellation), stored };
}

describe.each(Object.entries(STATUSES))('an instruction that is %s', (status, kind) => {
	const cases = Object.entries(SAID).map(
		([fault, said]): [fault: string, faults: () => Fault[], said: string, options?: object] => [
			fault,
			() => FAULTS[fault]!.faults({ next: 100 }, SECONDS, 1),
			said,
			FAULTS[fault]!.options,
		],
	);

	it.each(cases)('while %s', async (fault, faults, saidOfCancellable, options = {}) => {
		const wanted =
			kind === 'cancellable' || KEEP_FROM_READING.includes(fault) ? saidOfCancellable : kind;
		const result = await tryCancelling(status, faults(), options);
		expect(result.said).toBe(wanted);
		if (kind !== 'cancellable' || wanted === 'unavailable') expect(result.sent).toBe(0);
		else expect(result.sent).toBe(1);
		if (wanted === 'cancelled') expect(result.isCancelled).toBe(true);
		if (wanted === 'rejected') {
			expect(result.failure?.message).toContain(`its status is ${result.stored?.status}`);
			expect(result.failure?.description).toMatch(/^Nothing was cancelled\. /);
		}
		if (kind !== 'cancellable') expect(result.isCancelled).toBe(false);
	});
});

describe.each(['INCOMPLETE', 'READY'])('an instruction that is %s', (status) => {
	it.each(MORE)('while %s', async (_what, faults, wanted) => {
		const { said, sent, isCancelled } = await tryCancelling(status, faults);
		expect(said).toBe(wanted);
		expect(sent).toBe(wanted === 'unavailable' ? 0 : 1);
		if (wanted === 'cancelled') expect(isCancelled).toBe(true);
		if (wanted === 'rejected') expect(isCancelled).toBe(false);
	});
});

it('has a row for every fault that can befall a cancellation', () => {
	const befalling = Object.keys(FAULTS).filter((fault) => FAULTS[fault]!.only === undefined);
	expect(Object.keys(SAID)).toEqual(befalling);
});
