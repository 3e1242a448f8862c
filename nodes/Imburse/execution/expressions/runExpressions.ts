import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../operation';
import type { ValidationError } from '../../validation/result';
import { referenceExpressionErrors, writtenHints } from './referenceExpressions';
import { decidingFields, metadataTemplates, type ExpressionField } from './expressionHoles';
import { jsonFields, quotedExpressionErrors, type JsonField } from './jsonExpressions';
import { writtenFields } from './writtenFields';

/** The expressions of the form, which are the same for all items: read once for a run. */
export interface RunExpressions {
	deciding: ExpressionField[];
	metadata: ExpressionField[];
	json: JsonField[];
	/** Why no item may be sent, whatever the expressions give. */
	errors: ValidationError[];
	hints: string[];
}

export function readExpressions(
	context: IExecuteFunctions,
	operation: Operation,
	fields: readonly INodeProperties[],
): RunExpressions {
	const written = writtenFields(context, fields);
	const json = jsonFields(written);
	const isAllowed = (option: string) =>
		context.getNodeParameter(`options.${option}`, 0, false) === true;
	const movesMoney = operation.effect === 'movesMoney';
	return {
		deciding: decidingFields(written),
		metadata: metadataTemplates(written),
		json,
		errors: [
			...(isAllowed('allowChangingReferences')
				? []
				: referenceExpressionErrors(operation, written)),
			...(!movesMoney || isAllowed('allowQuotedExpressions') ? [] : quotedExpressionErrors(json)),
		],
		hints: writtenHints(operation, written),
	};
}
