import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { ImburseApi } from '../../../credentials/ImburseApi.credentials.ts';
import { createEngine } from './index.mts';
import { SecretWatch, spellingsOf } from './secretWatch.mts';

const SECRET = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const CODE = 'FAKE-CODE-"17"/+';

/** A node that does with a secret what a careless one might do. */
function careless(leak: (context: IExecuteFunctions, secret: string) => void): INodeType {
	return {
		description: {
			displayName: 'Careless',
			name: 'careless',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Careless' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
			credentials: [{ name: 'imburseApi', required: true }],
		},
		async execute() {
			const { privateKey } = await this.getCredentials('imburseApi');
			leak(this, privateKey as string);
			return [[{ json: {} }]];
		},
	};
}

async function run(leak: (context: IExecuteFunctions, secret: string) => void) {
	const engine = createEngine({
		nodeTypes: { careless: careless(leak) },
		credentialTypes: [new ImburseApi()],
		credentials: { one: { type: 'imburseApi', data: { privateKey: SECRET } } },
		secrets: () => [CODE],
	});
	return await engine.run({ node: { type: 'careless', credentials: { imburseApi: 'one' } } });
}

describe('a run that gives a secret away fails its test', () => {
	it('passes when nothing is given away', async () => {
		expect((await run(() => {})).status).toBe('success');
	});

	it.each<[string, (context: IExecuteFunctions, secret: string) => void, RegExp]>([
		['in the log', ({ logger }, secret) => logger.info('key', { secret }), /in the log/],
		[
			'in a hint',
			(context, secret) => context.addExecutionHints({ message: secret, location: 'outputPane' }),
			/in the execution record/,
		],
		[
			'in an error',
			(context, secret) => {
				throw new NodeOperationError(context.getNode(), `no ${encodeURIComponent(secret)}`);
			},
			/in the execution record/,
		],
		[
			'in what hangs on an error',
			(context, secret) => {
				const cause = Object.assign(new Error('refused'), { headers: { key: secret } });
				throw new NodeOperationError(context.getNode(), cause);
			},
			/A secret stands in the/,
		],
		[
			'in what is kept for the execution',
			(context, secret) => {
				context.getContext('node').kept = Buffer.from(`key=${secret}`).toString('base64');
			},
			/in the execution record/,
		],
		[
			'that stands in no credential',
			({ logger }) => logger.warn(JSON.stringify({ code: CODE })),
			/in the log/,
		],
	])('%s', async (_, leak, message) => {
		await expect(run(leak)).rejects.toThrow(message);
	});
});

describe('the spellings of a secret', () => {
	const watch = new SecretWatch([], () => [CODE]);
	const leaks = (text: string) => () => watch.assertHidden({ text });

	it.each([
		['as it is', CODE],
		['in JSON', JSON.stringify({ CODE })],
		['in JSON in JSON', JSON.stringify(JSON.stringify({ CODE }))],
		['in a URL', `?q=${encodeURIComponent(CODE)}`],
		['in hex digits', Buffer.from(CODE).toString('hex')],
		...['', 'a', 'ab', 'abc'].map((before) => [
			`in Base64, behind "${before}"`,
			Buffer.from(`${before}${CODE}and more`).toString('base64'),
		]),
		['in Base64 for URLs', Buffer.from(CODE).toString('base64url')],
	])('%s', (_, text) => {
		expect(leaks(text)).toThrow('A secret stands in the text');
	});

	it('are none of anything else', () => {
		expect(leaks('FAKE-CODE-"18"/+')).not.toThrow();
		expect(spellingsOf(SECRET).every((spelling) => spelling.length > 20)).toBe(true);
	});

	it('are not looked for where the run was told to put it out', () => {
		expect(() => watch.assertHidden({ text: CODE }, (secret) => secret === CODE)).not.toThrow();
	});
});
