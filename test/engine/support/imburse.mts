import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { ImburseApi } from '../../../credentials/ImburseApi.credentials.ts';
import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../../sandbox/index.mts';
import {
	createEngine,
	type Engine,
	type Generation,
	type RunResult,
	type TestNode,
} from '../harness/index.mts';

export const NODE_TYPE = 'n8n-nodes-imburse.imburse';
export const CREDENTIAL_ID = 'imburse-credential';

export interface ImburseSettings {
	sandbox?: Partial<SandboxOptions>;
	/** Over the credential that fits the sandbox. */
	credential?: ICredentialDataDecryptedObject;
	generation?: Generation;
	timezone?: string;
}

export interface RunSettings extends Partial<TestNode> {
	items?: IDataObject[];
}

/** The Imburse node in n8n's engine, with a credential that fits a sandbox of its own. */
export interface ImburseOnEngine {
	sandbox: RunningSandbox;
	engine: Engine;
	/** Runs the node once with these parameters; `settings` are those of the node's Settings tab. */
	run: (parameters: INodeParameters, settings?: RunSettings) => Promise<RunResult>;
	/** The stored credential, as n8n would decrypt it. */
	storedCredential: () => ICredentialDataDecryptedObject;
	stop: () => Promise<void>;
}

export async function startImburse(settings: ImburseSettings = {}): Promise<ImburseOnEngine> {
	const sandbox = await startSandbox(settings.sandbox);
	const engine = createEngine({
		nodeTypes: { [NODE_TYPE]: new Imburse() },
		credentialTypes: [new ImburseApi()],
		credentials: {
			[CREDENTIAL_ID]: {
				type: 'imburseApi',
				data: { ...credentialFor(sandbox), ...settings.credential },
			},
		},
		generation: settings.generation,
		timezone: settings.timezone,
	});
	return {
		sandbox,
		engine,
		run: async (parameters, { items, ...node } = {}) =>
			await engine.run({
				items,
				node: {
					type: NODE_TYPE,
					credentials: { imburseApi: CREDENTIAL_ID },
					...node,
					parameters,
				},
			}),
		storedCredential: () => engine.credentials.peek(CREDENTIAL_ID),
		stop: async () => await sandbox.stop(),
	};
}

/** What a user types into the credential's form for this sandbox. */
export function credentialFor({ url, options }: RunningSandbox): ICredentialDataDecryptedObject {
	return {
		environment: 'custom',
		baseUrl: url,
		publicKey: options.publicKey,
		privateKey: options.privateKey,
		accountId: options.accountId,
		tenantId: options.tenantId,
	};
}
