import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../harness/index.mts';

/** What the node says became of one item. */
export interface Said {
	/** A result such as `created`, or the outcome of an error. */
	word: string;
	/** The output item, of a success. */
	json?: IDataObject;
}

export type Reported = ReadonlyMap<string, Said>;

/** Said of an item that an earlier try of the same run has sent. */
export const SENT_BEFORE = 'sentBefore';
/** Listed as done in the error that ended the run. */
const LISTED = 'listedAsDone';

const SUCCESSES: readonly string[] = [
	'created',
	'alreadyExisted',
	'changed',
	'claimed',
	'cancelled',
	'alreadyCancelled',
	LISTED,
];
const NOTHING_DONE: readonly string[] = ['rejected', 'notSent', 'invalid', 'unavailable'];

export const isSuccess = ({ word }: Said): boolean => SUCCESSES.includes(word);
export const saysNothingWasDone = ({ word }: Said): boolean => NOTHING_DONE.includes(word);

/** Reads out of a run what it says of every reference. */
export function reportedBy(run: RunResult, refs: readonly string[]): Reported {
	if (run.error) return reportedByError(run.error as unknown as NodeError, refs);
	const reported = new Map<string, Said>();
	for (const { json, pairedItem } of [...run.success, ...run.failed]) {
		const { item } = pairedItem as { item: number };
		reported.set(refs[item] ?? '', saidBy(json));
	}
	return reported;
}

function saidBy(json: IDataObject): Said {
	const error = json.error as IDataObject | undefined;
	if (error) return { word: error.outcome as string };
	if (typeof json.result === 'string') return { word: json.result, json };
	return { word: 'changedMeanwhile' in json ? 'changedMeanwhile' : 'changed', json };
}

interface NodeError {
	message: string;
	description?: string;
	context: { data?: { outcome: string } };
}

/** The one error of a run that ended half-way lists what became of the items. */
function reportedByError(
	{ message, description = '', context }: NodeError,
	refs: readonly string[],
) {
	if (!context.data) return reportedByRefusal(description, refs);
	const { outcome } = context.data;
	const lists = description.slice(description.lastIndexOf('Done: '));
	const isListed = (ref: string, list: string) =>
		new RegExp(`${list}: ([^.]*)\\.`).exec(lists)?.[1]?.includes(`"${ref}"`) ?? false;
	const wordFor = (ref: string): string | undefined => {
		if (isListed(ref, 'Done')) return LISTED;
		if (isListed(ref, 'Not sent')) return 'notSent';
		if (message.includes(`"${ref}"`)) return outcome;
		return isListed(ref, 'Failed') ? 'failed somehow' : undefined;
	};
	return new Map(
		refs.flatMap((ref): Array<[string, Said]> => {
			const word = wordFor(ref);
			return word === undefined ? [] : [[ref, { word }]];
		}),
	);
}

/** A try of Retry On Fail that sends nothing, because an earlier one may have claimed a reward. */
function reportedByRefusal(description: string, refs: readonly string[]): Reported {
	return new Map(
		refs.map((ref) => {
			const wasSent = description.includes(`"${ref}"`);
			return [ref, { word: wasSent ? SENT_BEFORE : 'notSent' }];
		}),
	);
}
