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
	/** The record of what was provided. */
	recordFile: string;
}

/** What an earlier start provided: IDs in n8n, and fingerprints of their sources. */
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
 * Makes sure that n8n has the credential and both examples, the second of them active. Changes of the
 * user stay: the credential is written only when the sandbox's address or keys are different from
 * last time, an example is imported again only when its file has changed or the user has deleted it.
 *
 * @returns the IDs of the examples
 */
export async function provision(
	api: N8nApi,
	{ credential, order, event, recordFile }: Provision,
): Promise<{ orderId: string; eventId: string }> {
	const previous = await readRecord(recordFile);
	const providedCredential = await provideCredential(api, credential, previous.credential);
	const stored = { ...credential, id: providedCredential.id };
	const record = {
		credential: providedCredential,
		order: await provideWorkflow(api, order, stored, previous.order),
		event: await provideWorkflow(api, event, stored, previous.event),
	};
	await writeFile(recordFile, JSON.stringify(record));
	const { id: eventId } = record.event;
	await activateWorkflow(api, eventId);
	return { orderId: record.order.id, eventId };
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
