import type { IExecuteFunctions } from 'n8n-workflow';

import { openConnection, type Connection } from '../api/connection';
import { isProduction } from '../api/environment';
import { credentialError } from './errors/nodeErrors';

/** One run's way to Imburse. */
export interface Session extends Connection {
	/** Aborted when the user stops the run. */
	stopSignal: AbortSignal | undefined;
}

/** @throws for a credential that cannot be used */
export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const connection = await openConnection(context);
	if (!connection.ok) throw credentialError(context.getNode(), connection.errors);
	return { ...connection.value, stopSignal: context.getExecutionCancelSignal() };
}

/** Whether real money may move in this run. */
export function isProductionSession({ baseUrl, credential: { environment } }: Session): boolean {
	return isProduction({ environment, baseUrl });
}
