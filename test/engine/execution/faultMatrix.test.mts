import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.mts';
import {
	blindCreates,
	create,
	CREATIONS,
	liesIn,
	MODES,
	prepare,
	referencesFor,
	reportedBy,
	triesOf,
	type Creation,
} from '../support/faultScenario.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';

/**
 * The published table is made with 100 items and `FAULT_MATRIX=full`. By default there are few items,
 * and each fault meets each operation in one of the modes.
 */
const ITEMS = Number(process.env.FAULT_MATRIX_ITEMS ?? 8);
const IS_FULL = process.env.FAULT_MATRIX === 'full';
const SEED = 20_190_528;
const WRITES = ['createOrder', 'createInstruction'];

interface Case {
	faults: Fault[];
	/** Whether each item can be told for certain, since reading it back works. */
	isClear: boolean;
	/** Only where it can happen; everywhere else it is met by every operation. */
	creations?: Creation[];
}

const calls = { probability: 0.2 };
const onWrites = { route: WRITES, calls };

function answered(at: 'beforeWrite' | 'afterWrite', status: number, body: 'html' | 'errors'): Case {
	return { faults: [{ kind: 'answer', at, status, body, ...onWrites }], isClear: true };
}

function broken(
	kind: 'reset' | 'silence' | 'unfinished' | 'cutOff' | 'cutOffJson',
	at: 'beforeWrite' | 'afterWrite',
): Case {
	return { faults: [{ kind, at, ...onWrites }], isClear: true };
}

const CASES: Readonly<Record<string, Case>> = {
	'no fault': { faults: [], isClear: true },
	delay: { faults: [{ kind: 'delay', at: 'afterWrite', ms: 20, ...onWrites }], isClear: true },
	'late answer': {
		faults: [{ kind: 'delay', at: 'afterWrite', ms: 600, ...onWrites }],
		isClear: true,
	},
	'rate limit with Retry-After': {
		faults: [{ kind: 'rateLimit', perSecond: 50, burst: 5, retryAfter: 'seconds' }],
		isClear: true,
	},
	'rate limit without': { faults: [{ kind: 'rateLimit', perSecond: 50, burst: 5 }], isClear: true },
	'503 before the write': answered('beforeWrite', 503, 'html'),
	'500 before the write': answered('beforeWrite', 500, 'errors'),
	'500 after the write': answered('afterWrite', 500, 'errors'),
	'502 after the write': answered('afterWrite', 502, 'html'),
	'reset before the write': broken('reset', 'beforeWrite'),
	'reset after the write': broken('reset', 'afterWrite'),
	'silence after the write': broken('silence', 'afterWrite'),
	'an answer that never ends': broken('unfinished', 'afterWrite'),
	'a connection that is cut off': broken('cutOff', 'afterWrite'),
	'JSON that is cut off': broken('cutOffJson', 'afterWrite'),
	'HTML with 200': answered('afterWrite', 200, 'html'),
	'HTML with 201': answered('beforeWrite', 201, 'html'),
	"a gateway's 404": answered('beforeWrite', 404, 'html'),
	"a gateway's 404 on everything": {
		faults: [{ kind: 'answer', at: 'afterWrite', status: 404, body: 'html', calls }],
		isClear: false,
	},
	'302 before the write': {
		faults: [{ kind: 'redirect', at: 'beforeWrite', status: 302, to: '/elsewhere', ...onWrites }],
		isClear: true,
	},
	'307 after the write': {
		faults: [{ kind: 'redirect', at: 'afterWrite', status: 307, to: '/elsewhere', ...onWrites }],
		isClear: true,
	},
	'an instruction that never appears': {
		faults: [{ kind: 'instructionMissing', calls }],
		isClear: false,
		// A 201 says that it is made already: only what was accepted can fail to appear.
		creations: ['orderWithInstruction'],
	},
	'an instruction that fails': {
		faults: [
			{
				kind: 'instructionFails',
				after: { reads: 0 },
				errorCode: 'CLOSED',
				reason: 'Closed',
				calls,
			},
		],
		isClear: true,
	},
	'a token that ends on the way': { faults: [{ kind: 'tokenUses', uses: 3 }], isClear: true },
	'only the newest token': { faults: [{ kind: 'newestTokenOnly' }], isClear: true },
	'reads that break as well': {
		faults: [{ kind: 'reset', at: 'afterWrite', calls: { probability: 0.3 } }],
		isClear: false,
	},
};

let imburse: ImburseOnEngine;

afterEach(async () => {
	await imburse.stop();
});

/** Does as the case says, holds it against the truth, and runs it again without faults. */
async function check(creation: Creation, mode: string, { faults, isClear }: Case): Promise<void> {
	imburse = await startImburse();
	const refs = referencesFor(ITEMS);
	await prepare(imburse, creation, refs);
	imburse.sandbox.misbehave(faults, SEED);
	const reported = reportedBy(await create(imburse, creation, refs, MODES[mode] ?? {}), refs);
	expect(liesIn(reported, creation, { refs, faults }, imburse.sandbox)).toEqual([]);
	if (mode !== 'Retry On Fail') {
		expect(blindCreates(creation, refs, imburse.sandbox.requests)).toEqual([]);
	}
	for (const [ref, said] of reported) {
		const wasStruckTwice = triesOf(ref, imburse.sandbox) > 1;
		if (said === 'unknown')
			expect({ ref, isClear, wasStruckTwice }).not.toEqual({
				ref,
				isClear: true,
				wasStruckTwice: false,
			});
	}

	imburse.sandbox.behave();
	const again = await create(imburse, creation, refs, { onError: 'continueErrorOutput' });
	const lies = liesIn(reportedBy(again, refs), creation, { refs, faults }, imburse.sandbox);
	expect(lies).toEqual([]);
	const isLost = faults.some(({ kind }) => kind.startsWith('instruction'));
	if (!isLost) expect(again.failed).toEqual([]);
}

describe.each(Object.keys(CASES).map((name, index) => ({ name, index })))(
	'$name',
	({ name, index }) => {
		const modes = Object.keys(MODES);
		const pairs = (CASES[name]?.creations ?? CREATIONS).flatMap((creation, turn) =>
			(IS_FULL ? modes : [modes[(index + turn) % modes.length]!]).map((mode) => ({
				creation,
				mode,
			})),
		);
		it.each(pairs)(
			'$creation, $mode',
			async ({ creation, mode }) => {
				await check(creation, mode, CASES[name]!);
			},
			120_000,
		);
	},
);
