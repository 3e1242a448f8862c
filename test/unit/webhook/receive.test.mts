import { expect, it } from '@jest/globals';
import type { IWebhookFunctions } from 'n8n-workflow';
import { receive } from '../../../nodes/Imburse/webhook/receive.ts';

/** n8n's side of a call, in which the credential cannot be read. */
function brokenCall() {
	const told: unknown[] = [];
	const logged: string[] = [];
	const response = {
		status: (status: number) => (told.push(status), response),
		type: (type: string) => (told.push(type), response),
		send: (text: string) => (told.push(text), response),
		end: () => response,
		writableEnded: false,
		once: () => response,
	};
	const context = {
		getCredentials: () => Promise.reject(new Error('the key of n8n has changed')),
		getNode: () => ({ name: 'Imburse Trigger', credentials: {} }),
		getWorkflow: () => ({ id: 'w' }),
		getResponseObject: () => response,
		getRequestObject: () => ({ headers: {}, readRawBody: () => Promise.resolve() }),
		getQueryData: () => ({}),
		logger: { warn: (text: string) => logged.push(text) },
	} as unknown as IWebhookFunctions;
	return { context, told, logged };
}

it('what goes wrong inside is not taken, with the reason in n8n’s log alone', async () => {
	const { context, told, logged } = brokenCall();
	expect(await receive(context)).toEqual({ noWebhookResponse: true });
	expect(told).toEqual([500, 'text/plain', 'Not taken']);
	expect(logged).toEqual([
		expect.stringMatching(
			/^"Imburse Trigger" refused a call with 500: the trigger could not deal with it: ./,
		),
	]);
});
