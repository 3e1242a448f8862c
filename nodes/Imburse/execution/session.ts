import type { IExecuteFunctions } from 'n8n-workflow';

import { openConnection, type Connection } from '../api/connection';
import type { ApiVersion } from '../api/credential';
import { credentialError } from './output/nodeErrors';

/** One run's way to Imburse. */
export interface Session extends Connection {
	apiVersion: ApiVersion;
	environment: string;
	/** Aborted when the user stops the run. */
	stopped: AbortSignal | undefined;
}

/** Opens a session for a run. */
export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const connection = await openConnection(context);
	if (!connection.ok) throw credentialError(context.getNode(), connection.errors);
	const { apiVersion, environment } = connection.value.credential;
	return {
		...connection.value,
		apiVersion,
		environment,
		stopped: context.getExecutionCancelSignal(),
	};
}
