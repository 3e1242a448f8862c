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
import { STUB_TOKEN } from './wires.mts';

export const NODE_TYPE = 'n8n-nodes-imburse.imburse';
export const CREDENTIAL_ID = 'imburse-credential';

export interface ImburseSettings {
	sandbox?: Partial<SandboxOptions>;
	/** Over the credential that fits the sandbox. */
	credential?: ICredentialDataDecryptedObject;
	generation?: Generation;
	timezone?: string;
	/** To be given where several stand side by side in one process: runs share the token of an ID. */
	credentialId?: string;
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
	/** Changes fields of it, as a user does. */
	changeCredential: (fields: ICredentialDataDecryptedObject) => void;
	stop: () => Promise<void>;
}

export async function startImburse(settings: ImburseSettings = {}): Promise<ImburseOnEngine> {
	const sandbox = await startSandbox(settings.sandbox);
	const { credentialId = CREDENTIAL_ID } = settings;
	const engine = createEngine({
		nodeTypes: { [NODE_TYPE]: new Imburse() },
		credentialTypes: [new ImburseApi()],
		credentials: {
			[credentialId]: {
				type: 'imburseApi',
				data: { ...credentialFor(sandbox), ...settings.credential },
			},
		},
		generation: settings.generation,
		timezone: settings.timezone,
		secrets: () => secretsOf(sandbox),
	});
	return {
		sandbox,
		engine,
		run: async (parameters, { items, ...node } = {}) =>
			await engine.run({
				items,
				isAskedFor: (secret) => asksForCodes(parameters) && secret === REWARD_CODE,
				node: {
					type: NODE_TYPE,
					credentials: { imburseApi: credentialId },
					...node,
					parameters,
				},
			}),
		storedCredential: () => engine.credentials.peek(credentialId),
		changeCredential: (fields) => engine.credentials.change(credentialId, fields),
		stop: async () => await sandbox.stop(),
	};
}

/** With this begins each code of a reward, at the sandbox and in tests. */
const REWARD_CODE = 'FAKE-CODE-';

/** What a run must not leave behind: the codes of rewards, and all that ever authorised a call. */
function secretsOf({ requests }: RunningSandbox): Set<string> {
	const sent = requests.flatMap(({ headers }) => headers.authorization?.split(/[ :]/).at(-1) ?? []);
	return new Set([REWARD_CODE, STUB_TOKEN, ...sent]);
}

function asksForCodes({ options }: INodeParameters): boolean {
	return (options as INodeParameters | undefined)?.includeCodes === true;
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
