import type { TriggerPanelDefinition } from 'n8n-workflow';

/** What the editor says beside the form. */
export const TRIGGER_PANEL: TriggerPanelDefinition = {
	header: '',
	executionsHelp: {
		inactive:
			'<b>While building your workflow</b>, click the button that tests this trigger, and let Imburse, or the local sandbox, call the <b>test URL</b>. The event shows up here.<br /><br /><b>When it is ready</b>, enter the <b>production URL</b> in the Imburse Tenant Portal under Developers &gt; Webhooks, and publish the workflow (n8n 1.x: activate it). It then runs for every event; see the executions list.',
		active:
			'<b>While building your workflow</b>, click the button that tests this trigger, and let Imburse, or the local sandbox, call the <b>test URL</b>. The event shows up here.<br /><br /><b>This workflow is live</b>: it runs for every event that reaches the production URL; see the executions list.',
	},
	activationHint:
		'Publish this workflow (n8n 1.x: activate it), so that Imburse’s events start it without you having to click.',
};
