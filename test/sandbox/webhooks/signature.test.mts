import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookScene } from './set-up.mts';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

/** The one call that an event leads to. */
async function callOf() {
	scene.webhooks.emit({ eventType: 'INSTRUCTION', metadata: { name: 'Zoë €' } });
	await scene.webhooks.whenQuiet();
	expect(scene.receiver.received).toHaveLength(1);
	return scene.receiver.received[0]!;
}

describe('the signature of a webhook', () => {
	it('is by default the Base64 HMAC-SHA256 of the body under the text of the key', async () => {
		const { verificationKey } = scene.listen();
		expect(verificationKey).toHaveLength(44);
		const { headers, body } = await callOf();
		const digest = createHmac('sha256', verificationKey).update(body, 'utf8').digest('base64');
		expect(headers['x-signature']).toBe(digest);
		expect(headers['x-timestamp']).toBeUndefined();
	});

	it('is made anew for every destination', () => {
		expect(scene.listen().verificationKey).not.toBe(scene.listen().verificationKey);
	});

	it('may have another header, algorithm, encoding and prefix', async () => {
		const { verificationKey } = scene.listen({
			signature: {
				header: 'Signature',
				algorithm: 'sha512',
				keyEncoding: 'base64',
				digestEncoding: 'hex',
				prefix: 'v1=',
			},
		});
		const { headers, body } = await callOf();
		const key = Buffer.from(verificationKey, 'base64');
		const digest = createHmac('sha512', key).update(body).digest('hex');
		expect(key).toHaveLength(32);
		expect(headers.signature).toBe(`v1=${digest}`);
	});

	it('takes a key that is given, in hex too', async () => {
		const verificationKey = '00ff10';
		scene.listen({
			verificationKey,
			signature: { algorithm: 'sha1', keyEncoding: 'hex', digestEncoding: 'hex' },
		});
		const { headers, body } = await callOf();
		const digest = createHmac('sha1', Buffer.from([0, 255, 16]))
			.update(body)
			.digest('hex');
		expect(headers['x-signature']).toBe(digest);
	});

	it('makes up a key that is hex when it is read as hex', () => {
		const { verificationKey } = scene.listen({ signature: { keyEncoding: 'hex' } });
		expect(verificationKey).toMatch(/^[\da-f]{64}$/);
	});

	it.each(['seconds', 'milliseconds'] as const)(
		'may cover a time in %s by the clock of the sandbox',
		async (unit) => {
			scene.sandbox.options.clockOffsetSeconds = 3600;
			const { verificationKey } = scene.listen({
				signature: {
					timestamp: { header: 'X-Time', unit },
					content: 'timestampAndBody',
					separator: ':',
				},
			});
			const { headers, body } = await callOf();
			const time = String(headers['x-time']);
			const milliseconds = Number(time) * (unit === 'seconds' ? 1000 : 1);
			expect(Math.abs(milliseconds - Date.now() - 3_600_000)).toBeLessThan(60_000);
			const digest = createHmac('sha256', verificationKey)
				.update(`${time}:${body}`)
				.digest('base64');
			expect(headers['x-signature']).toBe(digest);
		},
	);

	it('may be absent, and a secret stand in a header instead', async () => {
		scene.listen({ signature: null, headers: { 'X-Secret': 'tell-nobody' } });
		const { headers } = await callOf();
		expect(headers['x-secret']).toBe('tell-nobody');
		expect(headers['x-signature']).toBeUndefined();
	});

	it('may stand there twice', async () => {
		scene.listen({ headers: { 'x-signature': ['forged', 'again'] } });
		const { rawHeaders } = await callOf();
		const names = rawHeaders.filter((text) => text === 'x-signature');
		expect(names).toHaveLength(3);
		expect(rawHeaders).toContain('forged');
	});

	it('changes with the key from the next attempt on', async () => {
		const { destinationId, verificationKey } = scene.listen({ redelivery: [0] });
		scene.receiver.answer = (number) => {
			scene.webhooks.changeDestination(destinationId, { verificationKey: 'rotated' });
			return number === 1 ? 500 : 200;
		};
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		await scene.webhooks.whenQuiet();
		const [first, second] = scene.receiver.received;
		const sign = (key: string) => createHmac('sha256', key).update(first!.body).digest('base64');
		expect(first!.headers['x-signature']).toBe(sign(verificationKey));
		expect(second!.headers['x-signature']).toBe(sign('rotated'));
	});
});
