import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultOptions, type RunningSandbox } from '../../../sandbox/index.mts';
import { createOrder, send, ImburseClient } from '../client.mts';
import { temporaryFile } from '../temporaryFile.mts';
import { WebhookFixture } from './fixture.mts';

const root = resolve(__dirname, '../../..');
const hourMs = 3_600_000;

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

const JSON_BODY = { 'Content-Type': 'application/json' };

describe('stopping the sandbox', () => {
	it('cancels everything that is on its way, and leaves no connection', async () => {
		fixture.receiver.respond = (number) => (number === 1 ? 500 : 'silence');
		fixture.listen({ redelivery: [hourMs], timeoutMs: hourMs });
		fixture.webhooks.emit({ eventType: 'REFUSED' });
		await fixture.webhooks.until(() => fixture.webhooks.deliveries[0]?.attempts[0]?.status === 500);
		fixture.webhooks.emit({ eventType: 'UNANSWERED' });
		fixture.webhooks.emit({ eventType: 'QUEUED' });
		await fixture.receiver.arrived(2);
		const states = () => fixture.webhooks.deliveries.map(({ state }) => state);
		expect(states()).toEqual(['waiting', 'sending', 'waiting']);

		await fixture.sandbox.stop();
		await fixture.receiver.disconnected();
		expect(states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
		expect(fixture.receiver.received).toHaveLength(2);
	});

	it('rejects a pending until', async () => {
		const waiting = expect(fixture.webhooks.until(() => false)).rejects.toThrow(
			'The sandbox stopped',
		);
		await fixture.sandbox.stop();
		await waiting;
		await expect(fixture.webhooks.until(() => false)).rejects.toThrow('The sandbox stopped');
	});

	it('rejects with what a condition throws', async () => {
		const failing = fixture.webhooks.until(() => {
			throw new Error('no such delivery');
		});
		await expect(failing).rejects.toThrow('no such delivery');
	});
});

describe('npm run sandbox with webhooks', () => {
	let child: ChildProcess;
	afterEach(() => void child.kill('SIGKILL'));

	async function textUntil(end: string): Promise<string> {
		let text = '';
		for await (const chunk of child.stdout ?? []) {
			text += String(chunk);
			if (text.includes(end)) break;
		}
		return text;
	}

	it('prints the webhooks, and stops whatever is still to come', async () => {
		fixture.receiver.respond = (number) => (number === 1 ? 500 : 'silence');
		const settings = { url: fixture.receiver.url, redelivery: [hourMs], timeoutMs: hourMs };
		const file = temporaryFile('webhooks.json', JSON.stringify([settings]));
		const flags = ['--port', '0', '--webhooks', file, '--life-cycle', `SETTLED:${hourMs}`];
		child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.mts', ...flags], {
			cwd: root,
		});
		const text = await textUntil('Ctrl-C');
		const url = /Base URL +(\S+)/.exec(text)?.[1] ?? '';
		expect(text).toMatch(
			new RegExp(`Webhook +${fixture.receiver.url}\n +Verification Key +\\S{44}\n`),
		);

		const emit = (eventType: string) =>
			send(`${url}/_sandbox/webhooks/events`, 'POST', { body: { eventType }, headers: JSON_BODY });
		await emit('REFUSED');
		await emit('UNANSWERED');
		await fixture.receiver.arrived(2);
		const batched = { ...settings, maximumBatchSize: 9, maximumBatchDelayMs: hourMs };
		await send(`${url}/_sandbox/webhooks/destinations`, 'POST', {
			body: batched,
			headers: JSON_BODY,
		});
		await emit('BATCHED');
		const client = await ImburseClient.signIn({ url, options: defaultOptions } as RunningSandbox);
		expect((await createOrder(client)).status).toBe(202);

		child.kill('SIGINT');
		expect(await once(child, 'exit')).toEqual([0, null]);
		await fixture.receiver.disconnected();
	}, 60_000);
});
