import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { TRIGGER_FIELDS } from './form';
import type { TriggerParameters } from './parameters';

/** What the user filled in, with the defaults where nothing was. */
export function readTriggerParameters(
	context: IHookFunctions | IWebhookFunctions,
): TriggerParameters {
	const fields = TRIGGER_FIELDS.filter(({ type }) => type !== 'notice');
	return Object.fromEntries(
		fields.map(({ name, default: usual }) => [name, context.getNodeParameter(name, usual)]),
	);
}
