import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { TRIGGER_FIELDS } from './form';

/** The trigger's parameters by name, with expressions resolved. */
export type TriggerParameters = Readonly<Record<string, unknown>>;

/** Reads what the user filled in; a field that is not filled in has its default. */
export function readTriggerParameters(
	context: IHookFunctions | IWebhookFunctions,
): TriggerParameters {
	const fields = TRIGGER_FIELDS.filter(({ type }) => type !== 'notice');
	return Object.fromEntries(
		fields.map((field) => [field.name, context.getNodeParameter(field.name, field.default)]),
	);
}

/** The text of a parameter without the spaces around it; empty for anything but a text. */
export function trimmedText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
