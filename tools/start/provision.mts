import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { storeCredential, type ImburseCredential } from '../n8n/credential.mts';
import { provideTables } from '../n8n/dataTables.mts';
import { N8nApiError, type N8nApi } from '../n8n/rest.mts';
import {
	activateWorkflow,
	importWorkflow,
	readWorkflow,
	withCredential,
} from '../n8n/workflow.mts';
import { isSafeToActivate } from './examples.mts';

export interface Provision {
	credential: ImburseCredential;
	/** Files of the workflows to import. */
	files: readonly string[];
	/** The record of what was provided. */
	recordFile: string;
}

/** What an earlier start provided: IDs in n8n, and fingerprints of their sources. */
interface ProvidedRecord {
	credential?: Provided;
	/** By the file's name. */
	examples?: Record<string, Provided>;
}

interface Provided {
	id: string;
	fingerprint: string;
}

/**
 * Makes sure that n8n has the credential and all examples with their data tables, and that those which
 * are safe to activate are active. Changes of the user stay: the credential is written only when the
 * sandbox's address or keys are different from last time, an example is imported again only when its
 * file has changed or the user has deleted it.
 *
 * @returns the IDs of the examples, by the names of their files
 */
export async function provision(
	api: N8nApi,
	{ credential, files, recordFile }: Provision,
): Promise<Record<string, string>> {
	const previous = await readRecord(recordFile);
	const providedCredential = await provideCredential(api, credential, previous.credential);
	const stored = { ...credential, id: providedCredential.id };
	const examples: Record<string, Provided> = {};
	for (const file of files) {
		const name = basename(file);
		examples[name] = await provideWorkflow(api, file, stored, previous.examples?.[name]);
	}
	await writeFile(recordFile, JSON.stringify({ credential: providedCredential, examples }));
	for (const file of files) await startExample(api, file, examples[basename(file)]?.id ?? '');
	return Object.fromEntries(Object.entries(examples).map(([name, { id }]) => [name, id]));
}

async function startExample(api: N8nApi, file: string, id: string): Promise<void> {
	const workflow = await readWorkflow(file);
	await provideTables(api, workflow);
	if (isSafeToActivate(workflow)) await activateWorkflow(api, id);
}

async function provideCredential(
	api: N8nApi,
	credential: ImburseCredential,
	previous: Provided | undefined,
): Promise<Provided> {
	const fingerprint = hash(JSON.stringify(credential));
	if (previous === undefined || !(await exists(api, `/credentials/${previous.id}`))) {
		return { id: (await storeCredential(api, credential)).id, fingerprint };
	}
	if (previous.fingerprint !== fingerprint)
		await api.patch(`/credentials/${previous.id}`, credential);
	return { id: previous.id, fingerprint };
}

async function provideWorkflow(
	api: N8nApi,
	file: string,
	credential: ImburseCredential & { id: string },
	previous: Provided | undefined,
): Promise<Provided> {
	const fingerprint = hash(await readFile(file, 'utf8'));
	const isUpToDate =
		previous?.fingerprint === fingerprint && (await exists(api, `/workflows/${previous.id}`));
	if (isUpToDate) return previous;
	const workflow = withCredential(await readWorkflow(file), credential);
	return { id: await importWorkflow(api, workflow), fingerprint };
}

async function exists(api: N8nApi, path: string): Promise<boolean> {
	try {
		await api.get(path);
		return true;
	} catch (error) {
		if (error instanceof N8nApiError && [403, 404].includes(error.status)) return false;
		throw error;
	}
}

async function readRecord(file: string): Promise<ProvidedRecord> {
	const text = await readFile(file, 'utf8').catch(() => '{}');
	return JSON.parse(text) as ProvidedRecord;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
