import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, NodeOperationError } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { SHARED_SECRET, startTrigger, type TriggerOnEngine } from '../support/trigger.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const IMAGE = '<img src=//h/x>';
const LINK = '<a href=//h>Sign in again</a> &lt;b&gt;';
const LINE = '\nDone: Payment Order "CLM-9"';
const COLOUR = '\u001b[2K\u202e';
const HOSTILE = `${IMAGE}${LINK}${LINE}${COLOUR}![x](//h/x)`;

const CREATE = { resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' };

/** What no text of ours holds, wherever n8n shows it. */
const MARKUP = /[<`]|&[#a-z]|\]\(|[\p{C}\p{Zl}\p{Zp}]/iu;

/** Imburse's answer, in words of an attacker. */
const HOSTILE_ANSWER = {
	text: JSON.stringify({
		errors: [{ errorCode: `X${IMAGE}`, message: HOSTILE }],
		correlationId: `c${HOSTILE}`,
	}),
	contentType: 'application/json',
};

describe('a run', () => {
	let imburse: ImburseOnEngine;
	beforeEach(async () => {
		imburse = await startImburse();
	});
	afterEach(() => imburse.stop());

	const refuse = (status = 400) =>
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', route: 'createOrder', status, body: HOSTILE_ANSWER },
		]);

	it.each<[string, INodeParameters, IDataObject[]]>([
		['a reference', CREATE, [{ ref: HOSTILE }]],
		['many references', CREATE, [{ ref: IMAGE }, { ref: LINK }, { ref: LINE }]],
		[
			'a name of metadata',
			{ ...CREATE, metadataInputMode: 'json', metadataJson: metadata() },
			[{}],
		],
		['an operation', { ...CREATE, operation: HOSTILE }, [{ ref: 'A' }]],
		['a row of metadata', { ...CREATE, metadata: row(HOSTILE) }, [{ ref: 'A' }]],
	])('refuses %s in plain text', async (_, parameters, items) => {
		const { error } = await imburse.run(parameters, { items, name: `Pay ${HOSTILE}` });
		expect(error?.message).not.toMatch(MARKUP);
		expect(error?.description).not.toMatch(MARKUP);
		expect((error as NodeOperationError).messages.join()).not.toMatch(MARKUP);
		const panel = (error?.context.descriptionTemplate ?? '') as string;
		expect(panel.replace(/<\/?(ul|li)>|&#37;/g, '')).not.toMatch(MARKUP);
	});

	it("says Imburse's words in plain text, and puts its codes out as they are", async () => {
		refuse();
		const { error } = await imburse.run(CREATE, { items: [{ ref: 'A' }] });
		expect(error?.message).toContain(
			'‹img src=//h/x>‹a href=//h>Sign in again‹/a> & lt;b& gt;\\nDone',
		);
		expect(error?.message).not.toMatch(MARKUP);
		expect(error?.description).not.toMatch(MARKUP);

		const continued = { items: [{ ref: 'A' }], onError: 'continueRegularOutput' as const };
		const [item] = (await imburse.run(CREATE, continued)).success;
		expect(item?.json.error).toMatchObject({
			message: error?.message,
			errorCodes: [`X${IMAGE}`],
			correlationId: `c${HOSTILE}`,
		});
	});

	it('names columns in plain text in its hints', async () => {
		const fields = { metadataInputMode: 'item', metadataItemFields: `nope${IMAGE}, other` };
		const items = [{ ref: 'A', [`Nope${IMAGE}`]: '1', [`other ${LINK}`]: '2' }];
		const { hints } = await imburse.run({ ...CREATE, ...fields }, { items });
		expect(hints).not.toEqual([]);
		for (const { message } of hints) expect(message).not.toMatch(MARKUP);
	});

	it('leaves the data as they are', async () => {
		const note = `${IMAGE}${LINK}`;
		const { success } = await imburse.run(
			{ ...CREATE, metadataInputMode: 'item', metadataItemFields: 'note' },
			{ items: [{ ref: 'A', note }] },
		);
		expect(success[0]?.json).toMatchObject({ orderRef: 'A', metadata: { note } });
		expect(imburse.sandbox.store.orders[0]?.metadata).toEqual({ note });
	});
});

function row(key: string): INodeParameters {
	return { entry: [{ key, value: '' }] };
}

function metadata(): string {
	return JSON.stringify({ [`a${HOSTILE}`]: '1', [`b${IMAGE}`.repeat(20)]: '2' });
}

describe('the trigger', () => {
	let trigger: TriggerOnEngine;
	afterEach(() => trigger.stop());

	it('answers a caller with plain text, and logs one line of it', async () => {
		trigger = await startTrigger({ parameters: { verification: 'secretInUrl' } });
		const refused = await trigger.post({ eventType: HOSTILE }, { url: trigger.webhook.url });
		expect(refused.status).toBe(401);
		expect(refused.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(trigger.log().length).toBeGreaterThan(0);
		for (const line of trigger.log()) expect(line).not.toMatch(MARKUP);
	});

	it('says in plain text why it cannot be activated', async () => {
		trigger = await startTrigger({ isActive: false, parameters: { setUp: 'api' } });
		trigger.sandbox.setFaults([
			{
				kind: 'answer',
				at: 'beforeWrite',
				route: 'registerWebhook',
				status: 400,
				body: HOSTILE_ANSWER,
			},
		]);
		const error = (await trigger.webhook.activate().catch((thrown: unknown) => thrown)) as Error;
		expect(error.message).toContain('‹img src=//h/x>');
		expect(error.message).not.toMatch(MARKUP);
		expect(error.message).not.toContain(SHARED_SECRET);
	});
});
