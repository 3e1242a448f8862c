import { appendFile } from 'node:fs/promises';
import type { RunningSandbox } from '../../../sandbox/index.mts';
import { testEnvironment } from './environment.mts';

/** Something that n8n must keep nowhere but encrypted. */
export interface Secret {
	/** What it is, for the message when it is found. */
	what: string;
	value: string;
}

/** Records secrets for the search at the end of all tests. An empty value is not a secret. */
export async function recordSecrets(secrets: Secret[]): Promise<void> {
	const { secretsFile } = await testEnvironment();
	const lines = secrets
		.filter(({ value }) => value !== '')
		.map((secret) => `${JSON.stringify(secret)}\n`);
	await appendFile(secretsFile, lines.join(''));
}

/**
 * From now on collects the secrets that go to and from a sandbox, those before a reset too.
 *
 * @returns a function that records them
 */
export function collectSecrets(sandbox: RunningSandbox): () => Promise<void> {
	const seen = new Map<string, Secret>();
	const collect = (): void => {
		for (const secret of secretsOf(sandbox)) seen.set(secret.value, secret);
	};
	const reset = sandbox.reset.bind(sandbox);
	sandbox.reset = () => {
		collect();
		reset();
	};
	return () => {
		collect();
		return recordSecrets([...seen.values()]);
	};
}

/** The tokens that came with calls, the signatures of token calls, and those of deliveries. */
function secretsOf({ requests, webhooks }: RunningSandbox): Secret[] {
	const authorizations = requests.map(({ name, headers }) => ({
		what: name === 'issueToken' ? 'signature of a token call' : 'access token',
		value: headers.authorization?.split(/[ :]/).at(-1) ?? '',
	}));
	const signatures = webhooks.deliveries
		.flatMap(({ attempts }) => attempts)
		.map(({ headers }) => ({
			what: 'signature of a delivery',
			value: String(headers['x-signature'] ?? ''),
		}));
	return [...authorizations, ...signatures];
}
