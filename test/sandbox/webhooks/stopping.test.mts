import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultOptions, type RunningSandbox } from '../../../sandbox/index.mts';
import { createOrder, send, SignedIn } from '../client.mts';
import { temporaryFile } from '../temporaryFile.mts';
import { WebhookScene } from './set-up.mts';

const root = resolve(__dirname, '../../..');
const hour = 3_600_000;

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

describe('stopping the sandbox', () => {
	it('cancels everything that is under way, and leaves no connection', async () => {
		scene.receiver.answer = (number) => (number === 1 ? 500 : 'silence');
		scene.listen({ redelivery: [hour], timeoutMs: hour });
		scene.webhooks.emit({ eventType: 'REFUSED' });
		await scene.webhooks.until(() => scene.webhooks.deliveries[0]?.attempts[0]?.status === 500);
		scene.webhooks.emit({ eventType: 'UNANSWERED' });
		scene.webhooks.emit({ eventType: 'QUEUED' });
		await scene.receiver.arrived(2);
		const states = () => scene.webhooks.deliveries.map(({ state }) => state);
		expect(states()).toEqual(['waiting', 'sending', 'waiting']);

		await scene.sandbox.stop();
		await scene.receiver.deserted();
		expect(states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
		expect(scene.receiver.received).toHaveLength(2);
	});

	it('tells who waits for something', async () => {
		const waiting = expect(scene.webhooks.until(() => false)).rejects.toThrow(
			'The sandbox stopped',
		);
		await scene.sandbox.stop();
		await waiting;
		await expect(scene.webhooks.until(() => false)).rejects.toThrow('The sandbox stopped');
	});

	it('passes on what a condition throws', async () => {
		const failing = scene.webhooks.until(() => {
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

	it('prints where events go, and ends by itself whatever is still to come', async () => {
		scene.receiver.answer = (number) => (number === 1 ? 500 : 'silence');
		const patient = { url: scene.receiver.url, redelivery: [hour], timeoutMs: hour };
		const file = temporaryFile('webhooks.json', JSON.stringify([patient]));
		const flags = ['--port', '0', '--webhooks', file, '--life-cycle', `SETTLED:${hour}`];
		child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.mts', ...flags], {
			cwd: root,
		});
		const text = await textUntil('Ctrl-C');
		const url = /Base URL +(\S+)/.exec(text)?.[1] ?? '';
		expect(text).toMatch(
			new RegExp(`Webhook +${scene.receiver.url}\n +Verification Key +\\S{44}\n`),
		);

		const emit = (eventType: string) =>
			send(`${url}/_sandbox/webhooks/events`, 'POST', { body: { eventType } });
		await emit('REFUSED');
		await emit('UNANSWERED');
		await scene.receiver.arrived(2);
		const batching = { ...patient, maximumBatchSize: 9, maximumBatchDelayMs: hour };
		await send(`${url}/_sandbox/webhooks/destinations`, 'POST', { body: batching });
		await emit('BATCHED');
		const client = await SignedIn.to({ url, options: defaultOptions } as RunningSandbox);
		expect((await createOrder(client)).status).toBe(202);

		child.kill('SIGINT');
		expect(await once(child, 'exit')).toEqual([0, null]);
		await scene.receiver.deserted();
	}, 60_000);
});
