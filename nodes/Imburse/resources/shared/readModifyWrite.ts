import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { ApiResponse } from '../../api/client';
import type { OperationClient } from '../../operation';
import { formatValue } from '../../validation/format';

/** What to do about a response that does not show what was asked for. */
export const NOT_SHOWN_FIX =
	'Run it again; if this stays, look at the answer with Get, and show it to whoever runs your n8n: something on the way may answer in Imburse’s place.';

/** An update that must not lose what others wrote. */
export interface UpdateSteps {
	read: ImburseRequest;
	/** Names it in messages. */
	label: string;
	/** Whether what was read shows it at all: whatever else it is would be written over it. */
	shows(body: IDataObject): boolean;
	/** What is written, made from what was read. */
	write(before: IDataObject): Write;
}

export interface Write {
	request: ImburseRequest;
	/** The names of what is not there afterwards as it was written. */
	unconfirmed(after: IDataObject): string[];
}

export interface UpdateResult {
	before: IDataObject;
	after: IDataObject;
	changedConcurrently: string[];
}

/**
 * Reads, writes, and reads again. Imburse has no way to write only if nobody else wrote meanwhile.
 * So what is there afterwards is compared with what was written, and a difference is shown. Where
 * nothing at all has changed, the successful response is not believed.
 */
export async function readModifyWrite(
	imburse: OperationClient,
	update: UpdateSteps,
): Promise<Omit<ApiResponse, 'value'> & { value: UpdateResult }> {
	const before = bodyOf(await imburse.request(update.read));
	if (!update.shows(before)) {
		imburse.fail(
			'unavailable',
			`Imburse's answer does not show the ${update.label}`,
			`Nothing was changed. ${NOT_SHOWN_FIX}`,
		);
	}
	const { request, unconfirmed } = update.write(before);
	const written = await imburse.request(request);
	const after = bodyOf(await readBack(imburse, update));
	const changedConcurrently = unconfirmed(after);
	if (changedConcurrently.length > 0 && JSON.stringify(before) === JSON.stringify(after)) {
		imburse.fail(
			'unknown',
			`Imburse answered that it was changed, but it reads as before: ${changedConcurrently.map(formatValue).join(', ')}`,
			'Read it with Get before you go on. Running it again with the same data changes nothing twice.',
		);
	}
	return { ...written, value: { before, after, changedConcurrently } };
}

/** By now it is written: a read that fails must not say that nothing was changed. */
async function readBack(
	imburse: OperationClient,
	{ read, shows }: UpdateSteps,
): Promise<ApiResponse> {
	const attempt = await imburse.attempt(read);
	if (attempt.ok && shows(bodyOf(attempt.response))) return attempt.response;
	const reason = attempt.ok ? 'the answer does not show it' : attempt.failure.reason;
	return imburse.fail(
		'unknown',
		`The change was written, but could not be read back: ${reason}`,
		'Read it with Get before you go on. Running it again with the same data changes nothing twice.',
		attempt.ok ? {} : { failed: attempt.failure },
	);
}

/** What an output says of a change by somebody else; nothing where there was none. */
export function presentConcurrentChange({ changedConcurrently }: UpdateResult): IDataObject {
	return changedConcurrently.length === 0 ? {} : { changedMeanwhile: changedConcurrently };
}

function bodyOf({ value }: ApiResponse): IDataObject {
	return (value ?? {}) as IDataObject;
}
