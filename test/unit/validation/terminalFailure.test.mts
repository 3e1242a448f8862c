import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	isCancelled,
	terminalFailure,
	terminalFailureReason,
} from '../../../nodes/Imburse/validation/terminalFailure.ts';

it.each([
	[{ status: 'FAILED' }, 'ended with the status FAILED'],
	[{ status: 'READY', cancelled: { reason: 'Withdrawn' } }, 'was cancelled (Withdrawn)'],
	[{ status: ' void ' }, 'ended with the status  void '],
	[{ status: 'Cancelled' }, 'ended with the status Cancelled'],
	[
		{ status: 'FAILED', failed: { reason: 'No funds', errorCode: 'E1' } },
		'ended with the status FAILED (No funds, E1)',
	],
	[{ status: 'COMPLETED', failed: { reason: 'Account closed' } }, 'failed (Account closed)'],
	[{ failed: { failedTimestamp: 1 } }, 'failed'],
	[{ cancelled: { identity: 'somebody', reason: 'Withdrawn' } }, 'was cancelled (Withdrawn)'],
	[{ cancelled: { identity: 'somebody', reason: '' } }, 'was cancelled'],
])('%j %s', (answer, words) => {
	expect(terminalFailure(answer)).toBe(words);
});

it.each([
	{},
	{ status: 'SETTLED' },
	{ status: 'FAILED_OVER' },
	{ status: 7, failed: {}, cancelled: {} },
	{ status: 'READY', failed: null, cancelled: null },
	{ failed: undefined, metadata: { failed: { reason: 'x' }, status: 'FAILED' } },
	null,
	undefined,
	'FAILED',
	['FAILED'],
])('%j did not end badly', (answer) => {
	expect(terminalFailure(answer)).toBeUndefined();
});

it.each([
	[{ failed: { reason: 'No funds', errorCode: 'E1' } }, 'No funds, E1'],
	[{ failed: {}, cancelled: { reason: 'Withdrawn' } }, 'Withdrawn'],
	[{ status: 'FAILED', failed: { reason: '', errorCode: 7 } }, null],
	[{ status: 'FAILED' }, null],
	[undefined, null],
])('the reason of %j is %j', (answer, reason) => {
	expect(terminalFailureReason(answer)).toBe(reason);
});

it('takes any answer', () => {
	fc.assert(
		fc.property(fc.anything(), (answer) => {
			expect(['string', 'undefined']).toContain(typeof terminalFailure(answer));
		}),
	);
});

it.each([
	{ status: 'VOID' },
	{ status: ' void ' },
	{ status: 'Cancelled' },
	{ status: 'READY', cancelled: { cancelledTimestamp: 1, reason: 'Withdrawn' } },
	{ status: 'STOPPED', cancelled: { reason: '' } },
	{ cancelled: { identity: 'somebody' } },
])('%j says that it was cancelled', (instruction) => {
	expect(isCancelled(instruction)).toBe(true);
});

it.each([
	{},
	null,
	'VOID',
	{ status: 'READY' },
	{ status: 'READY', cancelled: null },
	{ status: 'READY', cancelled: {} },
	{ status: 'FAILED' },
	{ status: 'SETTLED', cancelled: { reason: 'Withdrawn' } },
	{ status: 'PROCESSING', cancelled: { reason: 'Withdrawn' } },
	{ status: 'FAILED', cancelled: { reason: 'Withdrawn' } },
	{ status: 'AVOID' },
	{ metadata: { status: 'VOID', cancelled: { reason: 'x' } } },
])('%j does not say that it was cancelled', (instruction) => {
	expect(isCancelled(instruction)).toBe(false);
});
