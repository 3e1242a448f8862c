import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyPluginAsync } from 'fastify';
import { adminApi } from './adminApi.mts';
import { imburseApi } from './imburseApi.mts';
import { createControls, type Controls } from './controls.mts';
import { createCorrelationIdGenerator } from './correlationIds.mts';
import { Faults } from './faults/faults.mts';
import { RequestLog } from './requestLog.mts';
import { completeOptions } from './completeOptions.mts';
import type { SandboxOptions } from './options.mts';
import { routes } from './routes/index.mts';
import { createSandbox } from './sandbox.mts';

export { defaultOptions, type SandboxOptions } from './options.mts';
export type { Fault } from './faults/faultSchema.mts';
export type { ReceivedRequest } from './requestLog.mts';
export type { LifeCycleStep } from './lifeCycle.mts';
export type { Customer, Instruction, Order } from './store.mts';
export { isPending, type Delivery, type DeliveryAttempt } from './webhooks/delivery.mts';
export type { WebhookEvent } from './webhooks/event.mts';
export type { DestinationSettings } from './webhooks/destinationSchema.mts';
export type { WebhookControls } from './webhooks/webhookControls.mts';

/** A running sandbox, with the controls to inspect and to steer it. */
export interface RunningSandbox extends Controls {
	/** The base URL, without a trailing slash. */
	readonly url: string;
	/** May be changed while the sandbox runs, except for those that count only at the start. */
	readonly options: SandboxOptions;
	stop(): Promise<void>;
}

const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * Starts an Imburse on this machine. Rejects with an Error that names a bad option, or with Node's
 * own error (`code` EADDRINUSE) when the port is taken.
 */
export async function startSandbox(given: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
	const options = completeOptions(given);
	const nextCorrelationId = createCorrelationIdGenerator();
	const sandbox = createSandbox(options, nextCorrelationId);
	const requestLog = new RequestLog();
	const faults = new Faults(sandbox.clock);
	faults.set(options.faults, options.seed);
	const controls = createControls(sandbox, requestLog, faults);
	const stopping = new AbortController();
	// Every delayed request listens to it.
	setMaxListeners(0, stopping.signal);
	const server = fastify({
		bodyLimit: bodyLimitBytes,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		genReqId: nextCorrelationId,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000 },
	});
	const context = { sandbox, requestLog, faults, stopSignal: stopping.signal };
	await server.register(named('imburse', imburseApi(routes, context)));
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
			sandbox.lifeCycle.cancelAll();
		},
	});
}

/** Without a name fastify looks through everything that the process has loaded for one. */
function named(name: string, plugin: FastifyPluginAsync): FastifyPluginAsync {
	return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}
