import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Owner } from './rest.mts';

/**
 * A new owner account for an n8n. The password is random even on loopback: an owner may run programs,
 * and other users of the machine can reach loopback too. n8n requires an upper-case letter and a digit.
 */
export function createOwner(): Owner {
	return { email: 'owner@example.com', password: `N8n-${randomBytes(9).toString('base64url')}1` };
}

/** The owner that is stored in a file; created on the first call. Only this user can read the file. */
export async function storedOwner(file: string): Promise<Owner> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text !== undefined) return JSON.parse(text) as Owner;
	const owner = createOwner();
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
