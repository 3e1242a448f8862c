import { appendFile } from 'node:fs/promises';
import { premises } from './premises.mts';

/** Something that n8n must keep nowhere but encrypted. */
export interface Secret {
	/** What it is, for the message when it is found. */
	what: string;
	value: string;
}

/** Notes secrets, for the search at the end of all tests. */
export async function noteSecrets(secrets: Secret[]): Promise<void> {
	const { secretsFile } = await premises();
	const lines = secrets.map((secret) => `${JSON.stringify(secret)}\n`);
	await appendFile(secretsFile, lines.join(''));
}
