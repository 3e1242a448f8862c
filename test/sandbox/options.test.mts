import { afterEach, describe, expect, it } from '@jest/globals';
import { readFlags, usage } from '../../sandbox/flags.mts';
import {
	defaultOptions,
	startSandbox,
	type RunningSandbox,
	type SandboxOptions,
} from '../../sandbox/index.mts';
import { send, ImburseClient } from './client.mts';
import { temporaryFile } from './temporaryFile.mts';

const fileOf = (text: string): string => temporaryFile('faults.json', text);

const running: RunningSandbox[] = [];
afterEach(async () => {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

async function start(options?: Partial<SandboxOptions>): Promise<RunningSandbox> {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return sandbox;
}

describe('starting a sandbox', () => {
	it('takes any free port, so that two can run at once, and stops', async () => {
		const first = await start();
		const second = await start();
		expect(first.url).not.toBe(second.url);
		expect(first.url).toBe(`http://127.0.0.1:${first.options.port}`);
		await Promise.all([first.stop(), second.stop()]);
		await expect(send(first.url, 'GET')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});

	it('stops even when a client keeps its connection open', async () => {
		const client = await ImburseClient.signIn(await start());
		await client.call('GET', '/v1/tenant', { headers: { Connection: 'keep-alive' } });
		// Otherwise the server would wait for the connection to end, longer than the timeout of this test.
		await expect(client.sandbox.stop()).resolves.toBeUndefined();
	});

	it('does not change the defaults', async () => {
		const sandbox = await start();
		sandbox.options.schemeIds.payout = 'changed';
		sandbox.options.roles.push('changed');
		expect(defaultOptions.schemeIds.payout).toBe('D0000000000000000000000000000002');
		expect(defaultOptions.roles).toEqual(['tenant-admin']);
	});

	it('rejects with EADDRINUSE when the port is taken', async () => {
		const first = await start();
		const { port } = first.options;
		await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});

	it.each<[Partial<SandboxOptions>, string]>([
		[{ host: '0.0.0.0' }, 'not a loopback address'],
		[{ port: 65_536 }, 'port'],
		[{ port: 1.5 }, 'port'],
		[{ privateKey: 'not base64!' }, 'private key'],
		[{ privateKey: 'AAECAw' }, 'private key'],
		[{ privateKey: '' }, 'private key'],
		[{ tokenLifetimeSeconds: 0 }, 'token lifetime'],
	])('refuses %j and says why', async (options, text) => {
		await expect(start(options)).rejects.toThrow(text);
	});

	it('uses the account, tenant, keys and schemes of the options', async () => {
		const client = await ImburseClient.signIn(
			await start({
				publicKey: '77777777-0000-4000-8000-000000000007',
				privateKey: Buffer.alloc(32, 7).toString('base64'),
				accountId: '88888888-0000-4000-8000-000000000008',
				tenantId: '99999999-0000-4000-8000-000000000009',
				schemeIds: { collect: 'C1', payout: 'D1' },
			}),
		);
		expect((await client.get('/v1/tenant')).body).toMatchObject({
			accountId: '88888888-0000-4000-8000-000000000008',
			tenantId: '99999999-0000-4000-8000-000000000009',
		});
		expect((await client.get('/v1/schemes/payout')).text).toContain('"schemeId":"D1"');
	});
});

describe('the flags of npm run sandbox', () => {
	it('default to the default options and a fixed port', () => {
		const { rewardSettlingReads, notFoundStatus, cancelledStatus, cancelAfterReads, ...rest } =
			defaultOptions;
		expect([rewardSettlingReads, notFoundStatus]).toEqual([1, 400]);
		expect([cancelledStatus, cancelAfterReads]).toEqual(['VOID', 0]);
		expect(readFlags([])).toEqual({ ...rest, port: 4280 });
	});

	it('set the options', () => {
		const args = [
			['--port', '0'],
			['--host', 'localhost'],
			['--public-key', 'P'],
			['--private-key', 'S'],
			['--account-id', 'A'],
			['--tenant-id', 'T'],
			['--scheme-ids', 'C1,D1'],
			['--roles', 'tenant-management,tenant-app-read'],
			['--token-lifetime', '5'],
			['--expires-format', 'millisecondsText'],
			['--clock-offset=-600'],
			['--metadata-value-limit', '256'],
			['--create-response', 'model'],
			['--settled-by-date-required', 'yes'],
			['--gateway', 'yes'],
			['--faults', fileOf('[{"kind":"reset","at":"afterWrite"}]')],
			['--seed', '7'],
			['--life-cycle', 'PROCESSING:20,SETTLED:30'],
			['--webhook', 'http://127.0.0.1/one'],
			['--webhook', 'http://127.0.0.1/two'],
			['--webhooks', fileOf('[{"url":"http://127.0.0.1/three","copies":2}]')],
			['--webhook-event-type', 'INSTRUCTION_{status}'],
			['--new-instruction-events', 'no'],
			['--webhook-deletion', 'yes'],
		];
		expect(readFlags(args.flat())).toEqual({
			port: 0,
			host: 'localhost',
			publicKey: 'P',
			privateKey: 'S',
			accountId: 'A',
			tenantId: 'T',
			schemeIds: { collect: 'C1', payout: 'D1' },
			roles: ['tenant-management', 'tenant-app-read'],
			tokenLifetimeSeconds: 5,
			expiresFormat: 'millisecondsText',
			clockOffsetSeconds: -600,
			metadataValueLimit: 256,
			createResponse: 'model',
			settledByDateRequired: true,
			gateway: true,
			faults: [{ kind: 'reset', at: 'afterWrite' }],
			seed: 7,
			lifeCycle: [
				{ status: 'PROCESSING', afterMs: 20 },
				{ status: 'SETTLED', afterMs: 30 },
			],
			webhooks: [
				{ url: 'http://127.0.0.1/one' },
				{ url: 'http://127.0.0.1/two' },
				{ url: 'http://127.0.0.1/three', copies: 2 },
			],
			webhookEventType: 'INSTRUCTION_{status}',
			newInstructionEvents: false,
			webhookDeletion: true,
		});
	});

	it.each<[string[], string | RegExp]>([
		[['--port', 'x'], '--port must be a number'],
		[['--scheme-ids', 'C1'], '--scheme-ids must be two'],
		[['--expires-format', 'days'], '--expires-format must be one of'],
		[['--create-response', 'order'], '--create-response must be one of empty, model'],
		[['--bogus'], "Unknown option '--bogus'"],
		[['--seed', 'x'], '--seed must be a number'],
		[['--faults', 'nowhere.json'], 'nowhere.json: ENOENT'],
		[['--faults', fileOf('[{')], /faults\.json: .*JSON/],
		[['--faults', fileOf('[{"kind":"rest"}]')], /faults\.json: The faults cannot be read/],
		[['--life-cycle', 'SETTLED'], '--life-cycle must be like PROCESSING:2000,SETTLED:3000'],
		[['--life-cycle', 'SETTLED:soon'], '--life-cycle must be a number'],
		[['--webhooks', fileOf('[{"copies":2}]')], /faults\.json: The webhooks cannot be read/],
		[['--webhook-deletion', 'on'], '--webhook-deletion must be yes or no'],
	])('%j are refused with the reason', (args, text) => {
		expect(() => readFlags(args)).toThrow(text);
	});

	it.each(['--help', '-h'])('%s prints the help with every flag', (flag) => {
		expect(readFlags([flag])).toBe('help');
		expect(usage()).toContain('--metadata-value-limit');
		expect(usage()).toContain('Default: 4280');
	});
});
