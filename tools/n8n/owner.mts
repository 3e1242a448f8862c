import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Owner } from './rest.mts';

/**
 * An owner account of its own for each n8n. The password is random even on loopback: whoever signs
 * in may run programs, and other users of the machine reach loopback too. n8n wants an upper-case
 * letter and a digit in it.
 */
export function createOwner(): Owner {
	return { email: 'owner@example.com', password: `N8n-${randomBytes(9).toString('base64url')}1` };
}

/** The owner noted in a file that only this user can read; made on the first call. */
export async function rememberedOwner(file: string): Promise<Owner> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text !== undefined) return JSON.parse(text) as Owner;
	const owner = createOwner();
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
