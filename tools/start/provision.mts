import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { storeCredential, type ImburseCredential } from '../n8n/credential.mts';
import { N8nApiError, type N8nApi } from '../n8n/rest.mts';
import { importWorkflow, readWorkflow, withCredential } from '../n8n/workflow.mts';

export interface Provision {
	credential: ImburseCredential;
	/** File of the workflow to import. */
	example: string;
	/** Where it is noted what was provided. */
	recordFile: string;
}

/** What an earlier start provided: IDs in n8n, and fingerprints of what they were made from. */
interface ProvidedRecord {
	credential?: Provided;
	workflow?: Provided;
}

interface Provided {
	id: string;
	fingerprint: string;
}

/**
 * Sees to it that n8n has the credential and the example. What is there and still fits is left
 * alone, with everything the user changed in it: the credential is written only when the sandbox's
 * address or keys are others than last time, the example is imported anew only when its file has
 * changed or the user has deleted it.
 *
 * @returns the ID of the example
 */
export async function provision(
	api: N8nApi,
	{ credential, example, recordFile }: Provision,
): Promise<string> {
	const before = await readRecord(recordFile);
	const credentialNow = await provideCredential(api, credential, before.credential);
	const workflowNow = await provideWorkflow(
		api,
		example,
		{ ...credential, id: credentialNow.id },
		before.workflow,
	);
	const record: ProvidedRecord = { credential: credentialNow, workflow: workflowNow };
	await writeFile(recordFile, JSON.stringify(record));
	return workflowNow.id;
}

async function provideCredential(
	api: N8nApi,
	credential: ImburseCredential,
	before: Provided | undefined,
): Promise<Provided> {
	const fingerprint = hash(JSON.stringify(credential));
	if (before === undefined || !(await exists(api, `/credentials/${before.id}`))) {
		return { id: (await storeCredential(api, credential)).id, fingerprint };
	}
	if (before.fingerprint !== fingerprint) await api.patch(`/credentials/${before.id}`, credential);
	return { id: before.id, fingerprint };
}

async function provideWorkflow(
	api: N8nApi,
	file: string,
	credential: ImburseCredential & { id: string },
	before: Provided | undefined,
): Promise<Provided> {
	const fingerprint = hash(await readFile(file, 'utf8'));
	const isThere =
		before?.fingerprint === fingerprint && (await exists(api, `/workflows/${before.id}`));
	if (isThere) return before;
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
