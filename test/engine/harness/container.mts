import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Expression } from 'n8n-workflow';
import { InstanceSettings } from 'n8n-core';
import { recordingLogger } from './log.mts';

/** As much of n8n's service container as the harness sets up. */
interface Container {
	set(token: unknown, service: unknown): void;
	/** Forgets every service that was made or set. */
	reset(): void;
}

// n8n-core finds its services in a container of its own copy of `@n8n/di`. Another copy of that
// package may stand at the top of node_modules, so it is looked up from where n8n-core looks.
const fromN8nCore = createRequire(require.resolve('n8n-core'));

const { Container } = fromN8nCore('@n8n/di') as { Container: Container };
const { Logger } = fromN8nCore('@n8n/backend-common') as { Logger: unknown };
const { SSHClientsManager } = fromN8nCore('./execution-engine/ssh-clients-manager') as {
	SSHClientsManager: unknown;
};

// n8n-core is loaded once for many test files: the services of another file write to its log.
Container.reset();

/**
 * Gives n8n-core the services that its command line would have set up: a logger that records, and
 * an instance identity that does not come from (or go to) a settings file in the home directory.
 * (The folder is only named: nothing is written there unless a node keeps binary data in files.)
 * Everything else, the outgoing HTTP with its proxy and SSRF rules included, is n8n's own with
 * n8n's defaults (SSRF protection is off by default, so a loopback server can be reached).
 */
export function prepareContainer(): void {
	Container.set(Logger, recordingLogger);
	Container.set(InstanceSettings, {
		instanceId: 'harness',
		encryptionKey: 'harness',
		hmacSignatureSecret: 'harness',
		n8nFolder: join(tmpdir(), 'n8n-harness'),
	});
	// Every run makes one, and it listens for the end of the process as long as that lasts.
	Container.set(SSHClientsManager, {});
	// The other engines need a native module that is not compiled here.
	Expression.setExpressionEngine('legacy');
}
