import { nodesIn } from '../../n8n/expression/fieldPaths';
import type { ItemLookup } from '../../n8n/expression/holes';
import { codesIn } from '../../n8n/expression/template';
import { formatValue } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import type { WrittenField } from './writtenFields';

/** A field that reads other nodes, as its expressions name them: `$('Read Claim')`. */
export interface SourcedField {
	field: string;
	nodes: string[];
}

/** @param ways how it reads them, of which it may not be several items */
export function sourcedFields(
	written: readonly WrittenField[],
	ways: readonly string[],
): SourcedField[] {
	return written
		.map(({ field, raw }) => ({
			field,
			nodes: codesIn(raw).flatMap((code) => nodesIn(code, ways)),
		}))
		.filter(({ nodes }) => nodes.length > 0);
}

/**
 * The fields that read a node which has given none or several items.
 *
 * @param why the rest of the reason
 * @param fixFor what to do about it, for the node
 */
export function severalItemsErrors(
	fields: readonly SourcedField[],
	{ evaluate }: ItemLookup,
	why: string,
	fixFor: (node: string) => string,
): ValidationError[] {
	return fields.flatMap(({ field, nodes }) => {
		const node = nodes.find((one) => evaluate(`${one}.all().length`) !== 1);
		if (node === undefined) return [];
		return [{ field, reason: `${formatValue(node)} has not one item, ${why}`, fix: fixFor(node) }];
	});
}
