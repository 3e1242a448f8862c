import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { ApiResponse } from '../../api/client';
import type { BodyFormat } from '../../api/credential';
import { encodeBody, type RequestBody } from '../../api/requestBody';
import type { ItemResponse, OperationClient, PrepareContext } from '../../operation';
import { unsafeFormKeys } from '../../validation/formKeys';
import { formatValue } from '../../validation/format';
import { METADATA_MAX_KEYS, type Metadata } from '../../validation/metadataPairs';
import { invalid, type ValidationResult } from '../../validation/result';
import { parseMetadata } from './metadataFields';
import { encodableMetadata } from './metadataOptions';
import { presentConcurrentChange, readModifyWrite, type UpdateResult } from './readModifyWrite';

/**
 * Whether what is there stays. Imburse takes the whole map and forgets what is not in it (API
 * reference 8, expected by a third party), so merging is the node's work.
 */
export const UPDATE_MODE: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Merge',
			value: 'merge',
			description: 'Keep the keys that are there and add or change those given here',
		},
		{
			name: 'Replace',
			value: 'replace',
			description: 'Remove every key that is not given here',
		},
	],
	default: 'merge',
	description: 'What happens to the keys that are there already',
};

/** The metadata to write. Empty metadata would change nothing with Merge and remove all with Replace. */
export function parseMetadataToWrite(
	parameters: IDataObject,
	context: PrepareContext,
): ValidationResult<Metadata> {
	const metadata = encodableMetadata(parseMetadata(parameters, context), context);
	if (!metadata.ok || Object.keys(metadata.value).length > 0) return metadata;
	const fix = 'Give at least one key with its value.';
	return invalid({ field: 'Metadata', reason: 'there is nothing to write', fix });
}

/** How one kind of object is updated. */
export interface MetadataUpdate {
	/** Names it in messages. */
	label: string;
	mode: 'merge' | 'replace';
	metadata: Metadata;
	read: ImburseRequest;
	/** Whether what was read shows it at all. */
	shows(body: IDataObject): boolean;
	/** The request that writes a whole map. */
	write: Omit<ImburseRequest, 'body'>;
	/** The body that writes a whole map. */
	body(metadata: Metadata): RequestBody;
	bodyFormat: BodyFormat;
}

export async function updateMetadata(
	imburse: OperationClient,
	update: MetadataUpdate,
): Promise<ApiResponse> {
	return await readModifyWrite(imburse, {
		read: update.read,
		label: update.label,
		shows: update.shows,
		write: (before) => {
			const kept = update.mode === 'merge' ? metadataIn(before) : {};
			const whole = { ...kept, ...update.metadata };
			refuseUnwritable(imburse, whole, update.label, update.bodyFormat);
			const body = encodeBody(update.body(whole), update.bodyFormat);
			return {
				request: { ...update.write, body },
				unconfirmed: (after) => differingKeys(whole, metadataIn(after)),
			};
		},
	});
}

/** Keys that are there already count, too, so what is wrong is known only after the read. */
export function refuseUnwritable(
	imburse: OperationClient,
	metadata: Metadata,
	label: string,
	bodyFormat: BodyFormat,
): void {
	if (bodyFormat === 'form') refuseUnencodable(imburse, metadata, label);
	const count = Object.keys(metadata).length;
	if (count <= METADATA_MAX_KEYS) return;
	imburse.fail(
		'invalid',
		`Together with what is there the metadata of ${label} would have ${count} keys, and Imburse takes ${METADATA_MAX_KEYS}`,
		'Nothing was changed. Give fewer keys, or remove some of those that are there first.',
	);
}

function refuseUnencodable(imburse: OperationClient, metadata: Metadata, label: string): void {
	const keys = Object.keys(metadata);
	const nested = keys.filter((key) => typeof metadata[key] !== 'string');
	const [what, names] =
		nested.length > 0
			? ['has values at Imburse that are not texts', nested]
			: ['would have keys that may be read as others', unsafeFormKeys(keys)];
	if (names.length === 0) return;
	imburse.fail(
		'invalid',
		`The metadata of ${label} ${what}, and a form-encoded body cannot carry them: ${names.map(formatValue).join(', ')}`,
		'Nothing was changed. Set Body Format to JSON in the Imburse credential.',
	);
}

function metadataIn(body: IDataObject): Metadata {
	return (body.metadata ?? {}) as Metadata;
}

function differingKeys(wanted: Metadata, found: Metadata): string[] {
	const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
	return [...names].filter((name) => wanted[name] !== found[name]);
}

/** The metadata as it is now and as it was before, and what somebody else changed in between. */
export function presentUpdate({ value }: ItemResponse): IDataObject {
	const updated = value as UpdateResult;
	return {
		metadata: metadataIn(updated.after),
		previousMetadata: metadataIn(updated.before),
		...presentConcurrentChange(updated),
	};
}
