import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { ImburseTrigger } from '../../../nodes/Imburse/ImburseTrigger.node.ts';
import type { WorkflowNode } from '../../../tools/n8n/workflow.mts';

const DESCRIPTIONS: Readonly<Record<string, INodeTypeDescription>> = {
	'n8n-nodes-imburse.imburse': new Imburse().description,
	'n8n-nodes-imburse.imburseTrigger': new ImburseTrigger().description,
};

/** What is wrong with the parameters of a node of ours; nothing for a node of n8n's. */
export function nodeProblems(node: WorkflowNode): string[] {
	const description = DESCRIPTIONS[node.type];
	if (description === undefined) return [];
	const { properties, version } = description;
	const versions = [version].flat();
	if (!versions.includes(node.typeVersion ?? 0)) return [`version ${String(node.typeVersion)}`];

	const known = knownParameters(description, node) ?? {};
	const opened = { ...node, parameters: known } as unknown as INode;
	const shown = properties.filter((property) =>
		NodeHelpers.displayParameter(known, property, opened, description),
	);
	const issues = NodeHelpers.getNodeParametersIssues(properties, opened, description);
	return [
		...unknownNames(node.parameters, known, ''),
		...unknownChoices(shown, known, ''),
		...Object.values(issues?.parameters ?? {}).flat(),
	];
}

/** What n8n keeps of the parameters when it opens the node, defaults included. */
const knownParameters = (description: INodeTypeDescription, node: WorkflowNode) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters as INodeParameters,
		true,
		false,
		node as unknown as INode,
		description,
	);

/** Paths of values that n8n does not keep. */
function unknownNames(given: unknown, known: unknown, path: string): string[] {
	if (typeof given !== 'object' || given === null) return [];
	return Object.entries(given).flatMap(([name, value]) => {
		const inside = (known as Record<string, unknown> | undefined)?.[name];
		const at = `${path}${name}`;
		return inside === undefined ? [`${at} is not known`] : unknownNames(value, inside, `${at}.`);
	});
}

/** Fixed choices that a list does not offer, in collections, too. */
function unknownChoices(properties: INodeProperties[], given: unknown, path: string): string[] {
	const values = (given ?? {}) as Record<string, unknown>;
	return properties.flatMap((property) => {
		const value = values[property.name];
		const at = `${path}${property.name}`;
		if (value === undefined || isExpression(value)) return [];
		if (property.type === 'collection')
			return unknownChoices(property.options as INodeProperties[], value, `${at}.`);
		if (property.type === 'fixedCollection') return choicesInside(property, value, at);
		return isOffered(property, value) ? [] : [`${at} has no choice ${JSON.stringify(value)}`];
	});
}

function choicesInside({ options = [] }: INodeProperties, value: unknown, at: string): string[] {
	return options.flatMap((option) => {
		if (!('values' in option)) return [];
		const entries = [(value as Record<string, unknown>)[option.name] ?? []].flat();
		return entries.flatMap((entry) =>
			unknownChoices(option.values, entry, `${at}.${option.name}.`),
		);
	});
}

function isOffered({ type, typeOptions, options = [] }: INodeProperties, value: unknown): boolean {
	const isList = type === 'options' || type === 'multiOptions';
	if (!isList || typeOptions?.loadOptionsMethod !== undefined) return true;
	const offered = options.map((option) => ('value' in option ? option.value : undefined));
	return [value].flat().every((chosen) => offered.includes(chosen as string));
}

const isExpression = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith('=');
