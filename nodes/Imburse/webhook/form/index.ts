import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { responseModeFrom } from '../../n8n/webhookField';
import { EVENT_PATHS } from './eventPathFields';
import { EVENT_TYPES, FILTERS } from './filterFields';
import { TRIGGER_OPTIONS } from './options';
import { SET_UP_FIELDS } from './setUpFields';
import { VERIFICATION_FIELDS } from './verificationFields';

/** The trigger's form, top to bottom. */
export const TRIGGER_FIELDS: INodeProperties[] = [
	...SET_UP_FIELDS,
	EVENT_TYPES,
	...VERIFICATION_FIELDS,
	FILTERS,
	EVENT_PATHS,
	TRIGGER_OPTIONS,
];

/** When n8n answers a call: the option Respond. */
export const RESPONSE_MODE = responseModeFrom('options', 'respond', 'onReceived');

const WHILE_BUILDING =
	'<b>While building your workflow</b>, click the button that tests this trigger, and let Imburse, or the local sandbox, call the <b>test URL</b>. The event shows up here.<br /><br />';

/** What the editor shows beside the form. */
export const TRIGGER_PANEL: TriggerPanelDefinition = {
	header: '',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<b>When it is ready</b>, enter the <b>production URL</b> (with the secret, as the form says) in the Imburse Tenant Portal under Developers &gt; Webhooks, and publish the workflow (n8n 1.x: activate it). It then runs for every event; see the executions list.`,
		active: `${WHILE_BUILDING}<b>This workflow is live</b>: it runs for every event that reaches the production URL; see the executions list.`,
	},
	activationHint:
		'Publish this workflow (n8n 1.x: activate it), so that Imburse’s events start it without you having to click.',
};
