import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { defaultOptions, startSandbox } from '../../sandbox/index.mts';
import { send } from './client.mts';

const root = resolve(__dirname, '../..');
const timeoutMs = 30_000;

const children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill();
});

/** The command of `npm run sandbox`, without npm. */
function start(...args: string[]): ChildProcess {
	const command = ['--import', 'tsx', 'sandbox/main.mts', ...args];
	const child = spawn(process.execPath, command, { cwd: root });
	children.push(child);
	return child;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
	let errors = '';
	child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, errors };
}

async function textUntil(child: ChildProcess, end: string): Promise<string> {
	let text = '';
	for await (const chunk of child.stdout ?? []) {
		text += String(chunk);
		if (text.includes(end)) break;
	}
	return text;
}

describe('npm run sandbox', () => {
	it(
		'prints the values for the credential, answers, and stops with Ctrl-C',
		async () => {
			const child = start('--port', '0');
			const text = await textUntil(child, 'Ctrl-C');
			const url = /Base URL +(\S+)/.exec(text)?.[1] ?? '';
			expect((await send(`${url}/_sandbox/counts`, 'GET')).status).toBe(200);
			for (const [label, value] of [
				['Environment', 'Custom'],
				['Public Key', defaultOptions.publicKey],
				['Private Key', defaultOptions.privateKey],
				['Account ID', defaultOptions.accountId],
				['Tenant ID', defaultOptions.tenantId],
				['\\(DEBIT\\)', defaultOptions.schemeIds.collect],
				['\\(CREDIT\\)', defaultOptions.schemeIds.payout],
			]) {
				expect(text).toMatch(new RegExp(`${label} +${value}`));
			}

			child.kill('SIGINT');
			expect(await ended(child)).toEqual({ code: 0, errors: '' });
			await expect(send(url, 'GET')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		},
		timeoutMs,
	);

	it(
		'says in one line what to do when the port is taken',
		async () => {
			const running = await startSandbox();
			const { port } = running.options;
			const { code, errors } = await ended(start('--port', String(port)));
			await running.stop();
			expect(code).toBe(1);
			expect(errors).toBe(
				`Port ${port} on 127.0.0.1 is taken. Stop what runs there, or choose another: npm run sandbox -- --port ${port + 1}\n`,
			);
		},
		timeoutMs,
	);

	it(
		'explains a flag that it cannot read',
		async () => {
			const { code, errors } = await ended(start('--port', 'x'));
			expect([code, errors]).toEqual([1, '--port must be a number, not "x".\n']);
		},
		timeoutMs,
	);
});
