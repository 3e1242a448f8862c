import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { activateWorkflow, deactivateWorkflow } from '../../../tools/n8n/workflow.mts';
import { createOrder, ImburseClient } from '../../sandbox/client.mts';
import { importExample, type ImportedExample } from '../harness/examples.mts';
import { openForm, textOf, type FormPage } from '../harness/forms.mts';
import { sharedN8n, startImburse, type TestImburse, type TestN8n } from '../harness/index.mts';

const REFERENCE = 'CLAIM-17';
const PAYMENT = 'INSTRUCTION-1';
const REASON = 'Claim withdrawn by the customer';

let n8n: TestN8n;
let imburse: TestImburse;
let example: ImportedExample;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
	example = await importExample(n8n.api, 'cancel-payment', imburse);
	await activateWorkflow(n8n.api, example.id);
});

afterAll(async () => {
	await deactivateWorkflow(n8n.api, example.id);
	await imburse.stop();
});

beforeEach(async () => {
	imburse.sandbox.reset();
	await createOrder(await ImburseClient.signIn(imburse.sandbox), REFERENCE);
});

async function ask(orderRef = REFERENCE, reason = REASON): Promise<FormPage> {
	const form = await openForm(n8n.url, example.workflow);
	return form.submit({ 0: orderRef, 1: PAYMENT, 2: reason });
}

async function confirm(page: FormPage, decision = 'Cancel this payment'): Promise<string> {
	const end = await page.submit({ 1: decision });
	await end.finish();
	return textOf(end);
}

const payment = () => imburse.sandbox.store.instruction(REFERENCE, PAYMENT);
const cancellations = () =>
	imburse.sandbox.requests.filter(({ name }) => name === 'cancelInstruction');

describe('A wrong payment', () => {
	it('is shown, confirmed and cancelled, once', async () => {
		const page = await ask();
		expect(textOf(page)).toContain('210 EUR paid out to CUSTOMER-1');
		expect(cancellations()).toEqual([]);

		expect(await confirm(page)).toContain('The payment is cancelled');
		expect(payment()).toMatchObject({ status: 'VOID', cancellation: { reason: REASON } });

		expect(await confirm(await ask())).toContain('It was cancelled already');
		expect(cancellations()).toHaveLength(1);
	});

	it('stays when the person does not confirm', async () => {
		expect(await confirm(await ask(), 'Leave it as it is')).toContain('is left as it is');
		expect(await confirm(await ask(), '')).toContain('is left as it is');
		expect(cancellations()).toEqual([]);
	});

	it('that has begun while the page was open is too late, which the page says', async () => {
		const page = await ask();
		imburse.sandbox.setInstructionStatus(REFERENCE, PAYMENT, 'PROCESSING');
		const words = await confirm(page);

		expect(words).toContain('The payment is not cancelled');
		expect(words).toContain('its status is PROCESSING');
		expect(payment()).toMatchObject({ status: 'PROCESSING' });
	});

	it('that has settled is said to be too late before anybody decides', async () => {
		imburse.sandbox.setInstructionStatus(REFERENCE, PAYMENT, 'SETTLED');
		expect(textOf(await ask())).toContain('too late to cancel it');
	});

	it('of which nobody knows whether it is cancelled is called that', async () => {
		const page = await ask();
		imburse.sandbox.setFaults([
			{ kind: 'reset', at: 'afterWrite', route: 'cancelInstruction' },
			{ kind: 'reset', at: 'afterWrite', route: 'getInstruction', calls: { from: 2 } },
		]);
		expect(await confirm(page)).toContain('is not known whether it is cancelled');
	});

	it('that is not there, or without a reason, cannot be cancelled', async () => {
		const missing = await ask('CLAIM-18');
		expect(textOf(missing)).toContain('The payment cannot be shown');
		await missing.finish();

		const words = await confirm(await ask(REFERENCE, '-'));
		expect(words).toContain('The payment is not cancelled');
		expect(words).toContain('holds no letter and no digit');
		expect(cancellations()).toEqual([]);
	});
});
