import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault, ReceivedRequest, RunningSandbox } from '../../../sandbox/index.mts';
import type { RunResult } from '../harness/index.mts';
import type { ImburseOnEngine, RunSettings } from './imburse.mts';

/** What makes orders and instructions, so that a fault may make it twice or not at all. */
export type Creation = 'order' | 'orderWithInstruction' | 'instruction';
export const CREATIONS: Creation[] = ['order', 'orderWithInstruction', 'instruction'];

export const MODES: Readonly<Record<string, RunSettings>> = {
	plain: {},
	'Continue On Fail': { onError: 'continueRegularOutput' },
	'error output': { onError: 'continueErrorOutput' },
	'Retry On Fail': { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
};

/** What the node says became of an item: its `result`, or the `outcome` of its error. */
export type Reported = Map<string, string>;

export function referencesFor(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `CLAIM-${String(index).padStart(4, '0')}`);
}

/** Prepares what a creation builds on, while nothing goes wrong yet. */
export async function prepare(
	imburse: ImburseOnEngine,
	creation: Creation,
	refs: string[],
): Promise<void> {
	if (creation !== 'instruction') return;
	const order = { resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' };
	await imburse.run(order, { items: refs.map((ref) => ({ ref })) });
}

/** Makes something else under these references, as if by somebody else. */
export async function occupy(
	imburse: ImburseOnEngine,
	creation: Creation,
	refs: string[],
): Promise<void> {
	if (refs.length > 0) await run(imburse, creation, refs, '999.99', {});
}

/** Runs the node for these references. */
export async function create(
	imburse: ImburseOnEngine,
	creation: Creation,
	refs: string[],
	settings: RunSettings,
): Promise<RunResult> {
	return await run(imburse, creation, refs, AMOUNT, settings);
}

const AMOUNT = '1.50';

async function run(
	imburse: ImburseOnEngine,
	creation: Creation,
	refs: string[],
	amount: string,
	settings: RunSettings,
): Promise<RunResult> {
	const items = refs.map((ref) => ({ ref, amount }));
	return await imburse.run(parametersFor(creation, imburse.sandbox), { items, ...settings });
}

function parametersFor(creation: Creation, { options }: RunningSandbox): INodeParameters {
	const payment: INodeParameters = {
		instructionRef: '={{ $json.ref }}-1',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '={{ $json.amount }}',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: options.schemeIds.payout },
	};
	const common: INodeParameters = {
		operation: 'create',
		orderRef: '={{ $json.ref }}',
		options: { createdWithin: 0.15, timeout: 0.3 },
	};
	const entry = [{ key: 'amount', value: '={{ $json.amount }}' }];
	switch (creation) {
		case 'instruction':
			return { resource: 'instruction', ...common, ...payment };
		case 'order':
			return { resource: 'paymentOrder', ...common, metadata: { entry } };
		case 'orderWithInstruction':
			return { resource: 'paymentOrder', ...common, instructions: { instruction: [payment] } };
	}
}

/** Reads out of a run what it says of every reference. */
export function reportedBy(run: RunResult, refs: string[]): Reported {
	if (run.error) return reportedByError(run, refs);
	const reported: Reported = new Map();
	for (const { json, pairedItem } of [...run.success, ...run.failed]) {
		const { item } = pairedItem as { item: number };
		const error = json.error as IDataObject | undefined;
		reported.set(refs[item] ?? '', (error ? error.outcome : json.result) as string);
	}
	return reported;
}

/** The one error of a run that ended half-way lists what became of the items. */
function reportedByError({ error }: RunResult, refs: string[]): Reported {
	const { outcome } = (error as unknown as { context: { data: IDataObject } }).context.data;
	const description = error?.description ?? '';
	const isListed = (ref: string, list: string) =>
		new RegExp(`${list}: ([^.]*)\\.`).exec(description)?.[1]?.includes(`"${ref}"`) ?? false;
	return new Map(
		refs.map((ref) => {
			if (isListed(ref, 'Done')) return [ref, 'created'];
			if (isListed(ref, 'Not sent')) return [ref, 'notSent'];
			return [ref, error?.message.includes(`"${ref}"`) ? (outcome as string) : 'failed somehow'];
		}),
	);
}

/**
 * What is wrong with what the node said, held against what the sandbox holds.
 *
 * @param occupied references under which somebody else has made something else
 * @param faults that were set when the references were first sent
 */
export function liesIn(
	reported: Reported,
	creation: Creation,
	{ refs, occupied = [], faults }: { refs: string[]; occupied?: string[]; faults: Fault[] },
	sandbox: RunningSandbox,
): string[] {
	const mayBeConflict = mayLackInstructions(creation, faults) ? refs : occupied;
	return refs.flatMap((ref) => {
		const said = reported.get(ref);
		const isThere = isAsAsked(creation, ref, sandbox);
		const lies: string[] = [];
		if (said === undefined) lies.push(`${ref} is not spoken of`);
		if (isSuccess(said) && !isThere) lies.push(`${ref} is ${said}, but is not there as asked`);
		if (isCertainlyNot(said) && isThere) lies.push(`${ref} is ${said}, but is there`);
		if (said === 'conflict' && !mayBeConflict.includes(ref)) lies.push(`${ref} is no conflict`);
		return lies;
	});
}

/** An order that exists without its instruction is not what was asked for. */
function mayLackInstructions(creation: Creation, faults: Fault[]): boolean {
	const isLost = faults.some(({ kind }) => kind.startsWith('instruction'));
	return creation === 'orderWithInstruction' && isLost;
}

function isAsAsked(creation: Creation, ref: string, { store }: RunningSandbox): boolean {
	if (creation === 'order') return store.order(ref)?.metadata.amount === AMOUNT;
	const instruction = store.instruction(ref, `${ref}-1`);
	return instruction?.amount === AMOUNT && instruction.failure === null;
}

/** After these answers nothing was done. */
const NOT_LET_IN = [401, 429];
const NOT_FOUND = [400, 404];

/**
 * Creates within one try of the node that nothing justifies: a second one is allowed only after an
 * answer that did not let the first one in, or after Imburse itself has said that nothing is there.
 */
export function blindCreates(
	creation: Creation,
	refs: string[],
	calls: readonly ReceivedRequest[],
) {
	const name = creation === 'instruction' ? 'createInstruction' : 'createOrder';
	return refs.filter((ref) => {
		let isJustified = true;
		for (const call of calls.filter(({ path, body }) => `${path}/${body}`.includes(ref))) {
			if (call.name === name) {
				if (!isJustified) return true;
				isJustified = NOT_LET_IN.includes(call.status ?? 0);
			} else if (call.method === 'GET') {
				const isOwn = call.status === call.ownStatus;
				isJustified ||= isOwn && NOT_FOUND.includes(call.status ?? 0);
			}
		}
		return false;
	});
}

function isSuccess(said: string | undefined): boolean {
	return said === 'created' || said === 'alreadyExisted';
}

function isCertainlyNot(said: string | undefined): boolean {
	return said === 'rejected' || said === 'notSent' || said === 'invalid';
}

/** How often the node tried to make what the reference names. */
export function triesOf(ref: string, { requests }: RunningSandbox): number {
	const names = ['createOrder', 'createInstruction'];
	return requests.filter(
		({ name, faults, body }) =>
			names.includes(name ?? '') &&
			faults.length > 0 &&
			[`"${ref}"`, `"${ref}-1"`].some((text) => body.includes(text)),
	).length;
}
