import type { IExecuteFunctions } from 'n8n-workflow';

import { isToolNode } from '../../n8n/toolRun';
import type { Operation } from '../../operation';
import type { ValidationError } from '../../validation/result';
import { decidingFields, metadataTemplates, type ExpressionField } from './expressionHoles';
import { jsonFields, quotedExpressionErrors, type JsonField } from './jsonExpressions';
import {
	OTHER_ROWS,
	referenceExpressionErrors,
	RETRY_WITH_CHANGING_REFERENCES,
	writtenHints,
} from './referenceExpressions';
import { sourcedFields, type SourcedField } from './sourceNodes';
import { ANY_ROWS, fieldsOfPerson, toolExpressionErrors } from './toolExpressions';
import type { WrittenField } from './writtenFields';

/** The expressions of the form, which are the same for all items: read once for a run. */
export interface RunExpressions {
	deciding: ExpressionField[];
	metadata: ExpressionField[];
	json: JsonField[];
	/** Only where they must not change, and no tool, of which more is held. */
	references: SourcedField[];
	/** Only of a tool that moves money: what the model must not have a word in. */
	ofPerson: SourcedField[];
	/** Why no item may be sent, whatever the expressions give. */
	errors: ValidationError[];
	hints: string[];
}

export function readExpressions(
	context: IExecuteFunctions,
	operation: Operation,
	written: readonly WrittenField[],
): RunExpressions {
	const json = jsonFields(written);
	const isAllowed = (option: string) =>
		context.getNodeParameter(`options.${option}`, 0, false) === true;
	const movesMoney = operation.effect === 'movesMoney';
	const isTool = movesMoney && isToolNode(context.getNode());
	const mayChange = isAllowed('allowChangingReferences');
	const { referenceFields = {} } = operation;
	const isReference = ({ name }: WrittenField) => name in referenceFields;
	const held = mayChange ? written.filter((field) => !isReference(field)) : written;
	const changing = referenceExpressionErrors(operation, written);
	const { retryOnFail } = context.getNode();
	return {
		deciding: decidingFields(written),
		metadata: metadataTemplates(written),
		json,
		references: mayChange || isTool ? [] : sourcedFields(written.filter(isReference), OTHER_ROWS),
		ofPerson: isTool ? sourcedFields(fieldsOfPerson(held), ANY_ROWS) : [],
		errors: [
			...(isTool ? toolExpressionErrors(held) : []),
			...(isTool || mayChange ? [] : changing),
			...(mayChange && retryOnFail && changing.length > 0 ? [RETRY_WITH_CHANGING_REFERENCES] : []),
			...(!movesMoney || isAllowed('allowQuotedExpressions') ? [] : quotedExpressionErrors(json)),
		],
		hints: writtenHints(operation, written),
	};
}
