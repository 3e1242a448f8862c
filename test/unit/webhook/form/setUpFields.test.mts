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
