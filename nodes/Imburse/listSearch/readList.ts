import { randomUUID } from 'node:crypto';
import type { IDataObject, ILoadOptionsFunctions, NodeOperationError } from 'n8n-workflow';

import { sendRequest } from '../api/client';
import { openConnection } from '../api/connection';
import type { EndpointName } from '../api/endpoints';
import { wasSent } from '../api/errors/failure';
import { messageOnlyError } from '../n8n/nodeError';
import { isJsonObject } from '../validation/jsonObject';
import { describeReasons } from '../validation/result';

/** The entries of a list, or why there are none. */
export type ListResult =
	| { ok: true; entries: IDataObject[] }
	| { ok: false; error: NodeOperationError; isForbidden: boolean };

const FORBIDDEN = 403;

/**
 * Reads a list for a field of the form.
 *
 * @param label names it in messages, such as `list of apps`
 */
export async function readList(
	context: ILoadOptionsFunctions,
	endpoint: EndpointName,
	label: string,
): Promise<ListResult> {
	const connection = await openConnection(context);
	if (!connection.ok) {
		const reasons = describeReasons(connection.errors);
		const error = messageOnlyError(
			context.getNode(),
			'The Imburse credential cannot be used',
			reasons,
		);
		return { ok: false, error, isForbidden: false };
	}
	const options = { label, correlationId: randomUUID() };
	const result = await sendRequest(connection.value, { endpoint }, options);
	if (result.ok) return { ok: true, entries: entriesIn(result.response.value) };
	const { reason, description, httpStatus } = result.failure;
	const error = messageOnlyError(
		context.getNode(),
		`The ${label} could not be loaded: ${reason}`,
		description,
	);
	// A refused token call says nothing of this list.
	const isForbidden = wasSent(result.failure) && httpStatus === FORBIDDEN;
	return { ok: false, error, isForbidden };
}

/**
 * The first list in a response, or the response itself (API reference 4.4; what 4.5 answers is not
 * published, and expected to be alike).
 */
function entriesIn(value: unknown): IDataObject[] {
	const list = [value, ...Object.values((value ?? {}) as object)].find(Array.isArray) ?? [];
	return (list as unknown[]).filter(isJsonObject) as IDataObject[];
}
