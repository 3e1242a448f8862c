import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookFixture } from './fixture.mts';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

/** Emits an event and returns its one request. */
async function emitOne() {
	fixture.webhooks.emit({ eventType: 'INSTRUCTION', metadata: { name: 'Zoë €' } });
	await fixture.webhooks.whenIdle();
	expect(fixture.receiver.received).toHaveLength(1);
	return fixture.receiver.received[0]!;
}

describe('the signature of a webhook', () => {
	it('is by default the Base64 HMAC-SHA256 of the body under the text of the key', async () => {
		const { verificationKey } = fixture.listen();
		expect(verificationKey).toHaveLength(44);
		const { headers, body } = await emitOne();
		const digest = createHmac('sha256', verificationKey).update(body, 'utf8').digest('base64');
		expect(headers['x-signature']).toBe(digest);
		expect(headers['x-timestamp']).toBeUndefined();
	});

	it('has a new key for every destination', () => {
		expect(fixture.listen().verificationKey).not.toBe(fixture.listen().verificationKey);
	});

	it('can have another header, algorithm, encoding and prefix', async () => {
		const { verificationKey } = fixture.listen({
			signature: {
				header: 'Signature',
				algorithm: 'sha512',
				keyEncoding: 'base64',
				digestEncoding: 'hex',
				prefix: 'v1=',
			},
		});
		const { headers, body } = await emitOne();
		const key = Buffer.from(verificationKey, 'base64');
		const digest = createHmac('sha512', key).update(body).digest('hex');
		expect(key).toHaveLength(32);
		expect(headers.signature).toBe(`v1=${digest}`);
	});

	it('uses the given key, in hex too', async () => {
		const verificationKey = '00ff10';
		fixture.listen({
			verificationKey,
			signature: { algorithm: 'sha1', keyEncoding: 'hex', digestEncoding: 'hex' },
		});
		const { headers, body } = await emitOne();
		const digest = createHmac('sha1', Buffer.from([0, 255, 16]))
			.update(body)
			.digest('hex');
		expect(headers['x-signature']).toBe(digest);
	});

	it('has a random key in hex when the key encoding is hex', () => {
		const { verificationKey } = fixture.listen({ signature: { keyEncoding: 'hex' } });
		expect(verificationKey).toMatch(/^[\da-f]{64}$/);
	});

	it.each(['seconds', 'milliseconds'] as const)(
		'can cover a time in %s from the clock of the sandbox',
		async (unit) => {
			fixture.sandbox.options.clockOffsetSeconds = 3600;
			const { verificationKey } = fixture.listen({
				signature: {
					timestamp: { header: 'X-Time', unit },
					content: 'timestampAndBody',
					separator: ':',
				},
			});
			const { headers, body } = await emitOne();
			const time = String(headers['x-time']);
			const milliseconds = Number(time) * (unit === 'seconds' ? 1000 : 1);
			expect(Math.abs(milliseconds - Date.now() - 3_600_000)).toBeLessThan(60_000);
			const digest = createHmac('sha256', verificationKey)
				.update(`${time}:${body}`)
				.digest('base64');
			expect(headers['x-signature']).toBe(digest);
		},
	);

	it('can be absent, with a secret in a header instead', async () => {
		fixture.listen({ signature: null, headers: { 'X-Secret': 'tell-nobody' } });
		const { headers } = await emitOne();
		expect(headers['x-secret']).toBe('tell-nobody');
		expect(headers['x-signature']).toBeUndefined();
	});

	it('can be repeated', async () => {
		fixture.listen({ headers: { 'x-signature': ['forged', 'again'] } });
		const { rawHeaders } = await emitOne();
		const names = rawHeaders.filter((text) => text === 'x-signature');
		expect(names).toHaveLength(3);
		expect(rawHeaders).toContain('forged');
	});

	it('uses a changed key from the next attempt on', async () => {
		const { destinationId, verificationKey } = fixture.listen({ redelivery: [0] });
		fixture.receiver.respond = (number) => {
			fixture.webhooks.changeDestination(destinationId, { verificationKey: 'rotated' });
			return number === 1 ? 500 : 200;
		};
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		await fixture.webhooks.whenIdle();
		const [first, second] = fixture.receiver.received;
		const sign = (key: string) => createHmac('sha256', key).update(first!.body).digest('base64');
		expect(first!.headers['x-signature']).toBe(sign(verificationKey));
		expect(second!.headers['x-signature']).toBe(sign('rotated'));
	});
});
