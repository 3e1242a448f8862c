import { describe, expect, it } from '@jest/globals';
import { displayParameter, type INodeParameters } from 'n8n-workflow';
import { Imburse } from '../../../../nodes/Imburse/Imburse.node.ts';
import { ImburseTrigger } from '../../../../nodes/Imburse/ImburseTrigger.node.ts';
import { TRIGGER_FIELDS } from '../../../../nodes/Imburse/webhook/form/index.ts';

const { description: trigger } = new ImburseTrigger();

/** What the form shows beneath Set Up. */
function noticesWith(parameters: INodeParameters): string[] {
	return TRIGGER_FIELDS.filter(({ type }) => type === 'notice')
		.filter((field) => displayParameter(parameters, field, null, trigger))
		.map(({ displayName }) => displayName)
		.filter((text) => text.includes('Production URL'));
}

describe('the steps to set the trigger up by hand', () => {
	it('give the address with the secret, where that is the verification', () => {
		const [steps, ...more] = noticesWith({ setUp: 'manual', verification: 'secretInUrl' });
		expect(more).toEqual([]);
		expect(steps).toContain('write <b>?secret=</b>');
		expect(steps).toContain('<b>https://…/webhook?secret=YOUR-SECRET</b>');
		expect(steps).toContain('n8n does not show a secret that it has stored');
	});

	it.each(['none', 'secretInHeader', 'signature'])('say nothing of it with %s', (verification) => {
		const [steps, ...more] = noticesWith({ setUp: 'manual', verification });
		expect(more).toEqual([]);
		expect(steps).toContain('Copy the <b>Production URL</b>');
		expect(steps).not.toContain('secret');
	});

	it('are left out where the API is told', () => {
		expect(noticesWith({ setUp: 'api', verification: 'secretInUrl' })).toEqual([]);
	});
});

describe('the trigger’s description', () => {
	/** n8n's list of nodes takes the trigger's for a pair (read in 2.41.1 and 1.123.81). */
	it('says what both nodes do', () => {
		expect(trigger.description).toMatch(
			/^Pay claims, collect premiums, and start a workflow when /,
		);
		expect(new Imburse().description.name).toBe(trigger.name.replace('Trigger', ''));
	});
});

describe('the steps by hand', () => {
	it('are five, in the order in which they are done', () => {
		const [steps = ''] = noticesWith({ setUp: 'manual', verification: 'secretInUrl' });
		expect([...steps.matchAll(/<li>(.+?)<\/li>/g)].map(([, step]) => step)).toEqual([
			'Copy the <b>Production URL</b> above. If it begins with http://localhost, Imburse cannot reach it: ask whoever runs your n8n for its public address.',
			'At its end, write <b>?secret=</b> and the Webhook Shared Secret of your credential, without a space: <b>https://…/webhook?secret=YOUR-SECRET</b>. n8n does not show a secret that it has stored: if you kept no copy, enter a new one in the credential.',
			'In the Imburse Tenant Portal, open <b>Developers &gt; Webhooks &gt; Add webhook</b>, enter the address as <b>Destination</b> and choose the <b>Events</b>.',
			'Imburse shows a <b>verification key</b>: save it in the credential if you verify by signature.',
			'<b>Publish</b> this workflow (n8n 1.x: activate it).',
		]);
	});
});

describe('what the editor shows beside the form', () => {
	const BUILDING =
		'<b>While building your workflow</b>, click the button that tests this trigger, and let Imburse, or the local sandbox, call the <b>test URL</b>. The event shows up here.<br /><br />';

	it('says what is next, while it is built and when it is live', () => {
		expect(trigger.triggerPanel).toEqual({
			header: '',
			executionsHelp: {
				inactive: `${BUILDING}<b>When it is ready</b>, enter the <b>production URL</b> (with the secret, as the form says) in the Imburse Tenant Portal under Developers &gt; Webhooks, and publish the workflow (n8n 1.x: activate it). It then runs for every event; see the executions list.`,
				active: `${BUILDING}<b>This workflow is live</b>: it runs for every event that reaches the production URL; see the executions list.`,
			},
			activationHint:
				'Publish this workflow (n8n 1.x: activate it), so that Imburse’s events start it without you having to click.',
		});
		expect(trigger.eventTriggerDescription).toBe('Waiting for Imburse to call the test URL');
		expect(trigger.activationMessage).toBe('Imburse’s events now start this workflow.');
	});
});
