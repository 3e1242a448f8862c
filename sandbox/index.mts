import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyPluginAsync } from 'fastify';
import { adminApi } from './admin.mts';
import { imburseApi } from './api.mts';
import { createControls, type Controls } from './controls.mts';
import { createCorrelationIds } from './correlation.mts';
import { Faults } from './faults/faults.mts';
import { Journal } from './journal.mts';
import { completeOptions, type SandboxOptions } from './options.mts';
import { routes } from './routes/index.mts';
import { createSandbox } from './sandbox.mts';

export { defaultOptions, type SandboxOptions } from './options.mts';
export type { Counts, InstructionChoice } from './controls.mts';
export type { FaultRecord } from './faults/faults.mts';
export type { Fault } from './faults/vocabulary.mts';
export type { ReceivedRequest } from './journal.mts';
export type { LifeCycleStep } from './life-cycle.mts';
export type { Customer, Failure, Instruction, Order, ReadableStore } from './store.mts';
export {
	isPending,
	type Delivery,
	type DeliveryAttempt,
	type DeliveryState,
} from './webhooks/delivery.mts';
export type { Unacknowledged } from './webhooks/delivery-journal.mts';
export type { Destination } from './webhooks/destination.mts';
export type { WebhookEvent } from './webhooks/event.mts';
export type { ReleaseOrder } from './webhooks/gate.mts';
export type { DestinationSettings } from './webhooks/vocabulary.mts';
export type { EmittedEvent, WebhookControls } from './webhooks/webhook-controls.mts';

/** A sandbox that answers, and the handles to look into it and to steer it. */
export interface RunningSandbox extends Controls {
	/** The base URL, without a slash at its end. */
	readonly url: string;
	/** May be changed while the sandbox runs, except for what counts only at start. */
	readonly options: SandboxOptions;
	stop(): Promise<void>;
}

const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * Starts an Imburse on this machine. Rejects with an Error that names a bad option, or with Node's
 * own error (`code` EADDRINUSE) when the port is taken.
 */
export async function startSandbox(chosen: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
	const options = completeOptions(chosen);
	const nextCorrelationId = createCorrelationIds();
	const sandbox = createSandbox(options, nextCorrelationId);
	const journal = new Journal();
	const faults = new Faults(sandbox.clock);
	faults.set(options.faults, options.seed);
	const controls = createControls(sandbox, journal, faults);
	const stopping = new AbortController();
	// Every delayed call listens to it.
	setMaxListeners(0, stopping.signal);
	const server = fastify({
		bodyLimit: bodyLimitBytes,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: nextCorrelationId,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000 },
	});
	const premises = { sandbox, journal, faults, stopped: stopping.signal };
	await server.register(named('imburse', imburseApi(routes, premises)));
	await server.register(named('admin', adminApi(controls)), { prefix: '/_sandbox' });

	const { host, port } = options;
	await server.listen({ host, port });
	const address = server.server.address() as AddressInfo;
	options.port = address.port;
	return Object.assign(controls, {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
		options,
		stop: async () => {
			stopping.abort();
			sandbox.webhooks.stop();
			await server.close();
			sandbox.lifeCycle.clear();
		},
	});
}

/** Without a name fastify looks through everything that the process has loaded for one. */
function named(name: string, plugin: FastifyPluginAsync): FastifyPluginAsync {
	return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}
