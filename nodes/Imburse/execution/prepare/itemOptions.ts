import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { mendIdentifierCase } from '../../validation/accountIdentifier';
import { validateCorrelationId } from '../../validation/correlationId';
import { validateIdentifier } from '../../validation/identifier';
import { validateCount, validateSeconds } from '../../validation/number';
import { allOf, valid, type ValidationResult } from '../../validation/result';
import type { PreparedItem } from '../items';
import { commonOptions } from './commonOptions';
import { validateOptions } from './optionValues';

/** What the options say of how an item is sent. */
export interface ItemOptions extends Pick<
	PreparedItem,
	'includeResponse' | 'maxConcurrency' | 'options' | 'tenantId' | 'timeout'
> {
	/** The user's own correlation ID; empty for a new one. */
	ownId: string;
}

export type OptionsReader = (options: IDataObject) => ValidationResult<ItemOptions>;

/**
 * Reads the options of one item after the other. Those without expressions are one object for all
 * items of a run, and are read once.
 *
 * @param fields of the operation's options
 */
export function optionsReader(fields: readonly INodeProperties[]): OptionsReader {
	let last: { options: IDataObject; result: ValidationResult<ItemOptions> } | undefined;
	return (options) => {
		if (last?.options !== options) last = { options, result: readOptions(options, fields) };
		return last.result;
	};
}

function readOptions(
	options: IDataObject,
	fields: readonly INodeProperties[],
): ValidationResult<ItemOptions> {
	const { correlationId, includeResponse, maxConcurrency, tenantId, timeout } =
		commonOptions(options);
	return allOf({
		includeResponse: valid(includeResponse),
		maxConcurrency: validateCount(maxConcurrency, 'Max Concurrency'),
		timeout: validateSeconds(timeout, 'Timeout (Seconds)'),
		options: validateOptions(options, fields),
		tenantId: tenantId === '' ? valid('') : validateTenantId(tenantId),
		ownId:
			correlationId === '' ? valid('') : validateCorrelationId(correlationId, 'Correlation ID'),
	});
}

function validateTenantId(value: unknown): ValidationResult<string> {
	const result = validateIdentifier(value, 'Tenant ID');
	return result.ok ? valid(mendIdentifierCase(result.value), result.hints) : result;
}
