import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { storeCredential, type ImburseCredential } from '../n8n/credential.mts';
import { N8nApiError, type N8nApi } from '../n8n/rest.mts';
import {
	activateWorkflow,
	importWorkflow,
	readWorkflow,
	withCredential,
} from '../n8n/workflow.mts';

export interface Provision {
	credential: ImburseCredential;
	/** Files of the workflows to import. */
	order: string;
	event: string;
	/** Where it is noted what was provided. */
	recordFile: string;
}

/** What an earlier start provided: IDs in n8n, and fingerprints of what they were made from. */
interface ProvidedRecord {
	credential?: Provided;
	order?: Provided;
	event?: Provided;
}

interface Provided {
	id: string;
	fingerprint: string;
}

/**
 * Sees to it that n8n has the credential and both examples, the second of them active. What is there and still fits is left
 * alone, with everything the user changed in it: the credential is written only when the sandbox's
 * address or keys are others than last time, an example is imported anew only when its file has
 * changed or the user has deleted it.
 *
 * @returns the IDs of the examples
 */
export async function provision(
	api: N8nApi,
	{ credential, order, event, recordFile }: Provision,
): Promise<{ orderId: string; eventId: string }> {
	const before = await readRecord(recordFile);
	const credentialNow = await provideCredential(api, credential, before.credential);
	const stored = { ...credential, id: credentialNow.id };
	const record = {
		credential: credentialNow,
		order: await provideWorkflow(api, order, stored, before.order),
		event: await provideWorkflow(api, event, stored, before.event),
	};
	await writeFile(recordFile, JSON.stringify(record));
	const { id: eventId } = record.event;
	await activateWorkflow(api, eventId);
	return { orderId: record.order.id, eventId };
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
