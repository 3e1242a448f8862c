import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	findHole,
	findMissing,
	findNoData,
	namesBeside,
	readTemplate,
	type Hole,
	type ItemLookup,
	type Template,
} from '../../n8n/expression/holes';
import { valueAt } from '../../n8n/expression/fieldPaths';
import { formatValue } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import { describeSimilarNames } from '../../validation/similarNames';
import type { JsonField } from './jsonExpressions';
import { isMetadata, showExpression, type WrittenField } from './writtenFields';

/** A field with expressions, which have to give something for every item. */
export interface ExpressionField extends WrittenField {
	template: Template;
}

/**
 * The fields in which nothing may be missing: all that have expressions, but for metadata, which
 * decides about no payment, and for JSON, which is looked through as JSON.
 */
export function decidingFields(written: readonly WrittenField[]): ExpressionField[] {
	return withTemplates(written.filter((field) => field.type !== 'json' && !isMetadata(field)));
}

/** The fields of metadata in which an expression stands in a text: a hole in it does not show. */
export function metadataTemplates(written: readonly WrittenField[]): ExpressionField[] {
	const metadata = written.filter((field) => field.type !== 'json' && isMetadata(field));
	return withTemplates(metadata).filter(({ template }) => !template.isSole);
}

function withTemplates(written: readonly WrittenField[]): ExpressionField[] {
	return written
		.filter(({ raw }) => raw.startsWith('='))
		.map((field) => ({ ...field, template: readTemplate(field.raw) }));
}

/**
 * What n8n works out for an item beside its parameters.
 *
 * @param known what expressions give, by their codes
 */
export function itemLookup(
	context: IExecuteFunctions,
	index: number,
	known: ReadonlyMap<string, unknown>,
): ItemLookup {
	return {
		item: context.getInputData()[index]?.json,
		evaluate: (code) => {
			const name = code.trim();
			if (known.has(name)) return known.get(name);
			return context.evaluateExpression(`{{ ${code} }}`, index);
		},
	};
}

/** The fields whose expressions give nothing for this item, each with the fields that look alike. */
export function holeErrors(
	fields: readonly ExpressionField[],
	parameters: IDataObject,
	lookup: ItemLookup,
): ValidationError[] {
	return fields.flatMap(({ field, name, path, template }) => {
		const value = parameterAt(parameters, path);
		const isReference = /Ref$/.test(name) && (value ?? '') !== '';
		const hole =
			findHole(template, value, lookup) ?? (isReference ? findNoData(template, lookup) : undefined);
		if (hole) return [holeError(field, hole, lookup)];
		return name === 'tenantId' && (value ?? '') === '' ? [noTenantError(field)] : [];
	});
}

/** The fields that JSON which moves money reads and an item does not have: JSON leaves them out. */
export function missingInJson(fields: readonly JsonField[], lookup: ItemLookup): ValidationError[] {
	return fields
		.filter((field) => !isMetadata(field))
		.flatMap(({ field, template }) => {
			const hole = findMissing(template, lookup);
			return hole ? [holeError(field, hole, lookup)] : [];
		});
}

/** The credential's tenant would pay in its place. */
function noTenantError(field: string): ValidationError {
	return {
		field,
		reason: 'there is no value, so it is not known which tenant is meant',
		fix: "Give every item a tenant, or remove the option where all are for the credential's tenant.",
	};
}

/** Why a text of metadata may be shorter than the user thinks. */
export function holeHints(
	fields: readonly ExpressionField[],
	parameters: IDataObject,
	lookup: ItemLookup,
): string[] {
	return holeErrors(fields, parameters, lookup).map(({ field, reason }) => `${field}: ${reason}.`);
}

/** n8n gives the value of a resource locator in its place where it is a field of its own. */
function parameterAt(parameters: IDataObject, path: readonly string[]): unknown {
	const [name, last] = path;
	const whole = parameters[name!];
	const isUnpacked = path.length === 2 && last === 'value' && typeof whole !== 'object';
	return isUnpacked ? whole : valueAt(parameters, path);
}

function holeError(field: string, { code, path }: Hole, lookup: ItemLookup): ValidationError {
	const expression = showExpression(code);
	const beside = path && namesBeside(path, lookup);
	const fallback = `Where it may be missing and the field may stay empty, let the whole field be {{ ${code} ?? '' }}.`;
	if (!path || !beside) {
		const reason = `there is no value: ${expression} gives nothing for this item`;
		return { field, reason, fix: `Check the expression and the fields that it reads. ${fallback}` };
	}
	const similar = describeSimilarNames(beside.missing, beside.names);
	const instead = similar === '' ? '' : `, but it has ${similar}`;
	return {
		field,
		reason: `there is no value: ${expression} gives nothing, because this item has no field ${formatValue(beside.missing)}${instead}`,
		fix: `Check the name of the field in the expression. ${fallback}`,
	};
}
