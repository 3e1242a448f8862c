import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunningSandbox } from '../../../sandbox/index.mts';
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
	return Array.from({ length: count }, (_, index) => `CLAIM-${index}`);
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

/** Runs the node for these references. */
export async function create(
	imburse: ImburseOnEngine,
	creation: Creation,
	refs: string[],
	settings: RunSettings,
): Promise<RunResult> {
	const items = refs.map((ref, index) => ({ ref, amount: `${index + 1}.50` }));
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
		options: { createdWithin: 0.4, timeout: 0.3 },
	};
	const entry = [{ key: 'claim', value: '={{ $json.ref }}' }];
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

/** What is wrong with what the node said, held against what the sandbox holds. */
export function liesIn(
	reported: Reported,
	creation: Creation,
	refs: string[],
	{ store, requests }: RunningSandbox,
): string[] {
	return refs.flatMap((ref, index) => {
		const said = reported.get(ref);
		const isMade = creation === 'instruction' ? isPaid(ref) : store.order(ref) !== undefined;
		const isAsAsked = creation === 'order' ? isMade : isPaid(ref);
		const lies: string[] = [];
		if (said === undefined) lies.push(`${ref} is not spoken of`);
		if (isSuccess(said) && !isAsAsked) lies.push(`${ref} is ${said}, but is not there`);
		if (isCertainlyNot(said) && isMade) lies.push(`${ref} is ${said}, but is there`);
		if (timesMade(ref) > 1) lies.push(`${ref} was made ${timesMade(ref)} times`);
		if (said === 'conflict') lies.push(`${ref} is a conflict with itself`);
		return lies;

		function isPaid(orderRef: string): boolean {
			const paid = store.instruction(orderRef, `${orderRef}-1`);
			return paid?.amount === `${index + 1}.50` && paid.failure === null;
		}
	});

	function timesMade(ref: string): number {
		const name = creation === 'instruction' ? 'createInstruction' : 'createOrder';
		return requests.filter(
			(request) =>
				request.name === name &&
				[201, 202].includes(request.ownStatus ?? 0) &&
				(JSON.parse(request.body) as { orderRef?: string; instructionRef?: string })[
					creation === 'instruction' ? 'instructionRef' : 'orderRef'
				] === (creation === 'instruction' ? `${ref}-1` : ref),
		).length;
	}
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
