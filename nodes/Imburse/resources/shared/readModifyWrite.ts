import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { OperationClient, ApiSuccess } from '../../operation';
import { formatValue } from '../../validation/format';
import { NOT_SHOWN_FIX, responseDetails } from './failures';

/** An update that must not lose what others wrote. */
export interface UpdateSteps {
	read: ImburseRequest;
	/** Names it in messages. */
	label: string;
	/** Whether an answer to the read shows it at all: whatever else it is would be written over it. */
	shows(answer: IDataObject): boolean;
	/** The request that writes, made from what was read. */
	write(before: IDataObject): ImburseRequest;
	/** The names of what is not there afterwards as it was to be. */
	differences(before: IDataObject, after: IDataObject): string[];
}

export interface UpdateResult {
	before: IDataObject;
	after: IDataObject;
	changedConcurrently: string[];
}

/**
 * Reads, writes, and reads again. Imburse has no way to say "only if nobody wrote meanwhile", so
 * what is there afterwards is compared with what was written, and a difference is shown. Where
 * nothing at all has changed, the answer of success is not believed.
 */
export async function readModifyWrite(
	imburse: OperationClient,
	update: UpdateSteps,
): Promise<Omit<ApiSuccess, 'value'> & { value: UpdateResult }> {
	const before = bodyOf(await imburse.request(update.read));
	if (!update.shows(before)) {
		imburse.fail(
			'unavailable',
			`Imburse's answer does not show the ${update.label}`,
			`Nothing was changed. ${NOT_SHOWN_FIX}`,
		);
	}
	const written = await imburse.request(update.write(before));
	const after = bodyOf(await readBack(imburse, update));
	const changedMeanwhile = update.differences(before, after);
	if (changedMeanwhile.length > 0 && JSON.stringify(before) === JSON.stringify(after)) {
		imburse.fail(
			'unknown',
			`Imburse answered that it was changed, but it reads as before: ${changedMeanwhile.map(formatValue).join(', ')}`,
			'Read it with Get before you go on. Running it again with the same data changes nothing twice.',
		);
	}
	return { ...written, value: { before, after, changedConcurrently: changedMeanwhile } };
}

/** By now it is written: a read that fails must not say that nothing was changed. */
async function readBack(
	imburse: OperationClient,
	{ read, shows }: UpdateSteps,
): Promise<ApiSuccess> {
	const attempt = await imburse.attempt(read);
	if (attempt.ok && shows(bodyOf(attempt.success))) return attempt.success;
	const reason = attempt.ok ? 'the answer does not show it' : attempt.reason;
	return imburse.fail(
		'unknown',
		`The change was written, but could not be read back: ${reason}`,
		'Read it with Get before you go on. Running it again with the same data changes nothing twice.',
		attempt.ok ? undefined : responseDetails(attempt.failure),
	);
}

/** What an output says of a change by somebody else; nothing where there was none. */
export function presentConcurrentChange({
	changedConcurrently: changedMeanwhile,
}: UpdateResult): IDataObject {
	return changedMeanwhile.length === 0 ? {} : { changedMeanwhile };
}

function bodyOf({ value }: ApiSuccess): IDataObject {
	return (value ?? {}) as IDataObject;
}
