import type {
	FastifyError,
	FastifyInstance,
	FastifyPluginAsync,
	FastifyReply,
	FastifyRequest,
} from 'fastify';
import { checkAccess } from './access.mts';
import { errorResponse, errorContext, noSuchPathResponse } from './errorResponse.mts';
import { handleWithEffects, waitForDelays } from './faults/effects.mts';
import { sendResponse } from './faults/sendResponse.mts';
import type { Faults } from './faults/faults.mts';
import { replacementAt, sendReplacement, type Replacement } from './faults/replaceResponse.mts';
import type { RequestLog, ReceivedRequest } from './requestLog.mts';
import { serializeResponse } from './serialize.mts';
import { versionOf, type ApiResponse, type ApiRequest, type Route } from './route.mts';
import type { Sandbox } from './sandbox.mts';

declare module 'fastify' {
	interface FastifyContextConfig {
		route?: Route;
	}
	interface FastifyRequest {
		logEntry: ReceivedRequest | null;
	}
}

/** What the routes work with, and what may go wrong on the way. */
export interface ApiContext {
	sandbox: Sandbox;
	requestLog: RequestLog;
	faults: Faults;
	/** Aborts when the sandbox stops. */
	stopSignal: AbortSignal;
}

/** The routes as a fastify plugin. Every request goes into the log. */
export function imburseApi(routes: readonly Route[], context: ApiContext): FastifyPluginAsync {
	const { sandbox, requestLog } = context;
	return async (server) => {
		readBodiesAsBytes(server);
		logRequests(server, requestLog);
		for (const route of routes) {
			for (const url of route.paths) addRoute(server, url, route, context);
		}
		server.setErrorHandler<FastifyError>((error, request, reply) =>
			sendResponse(reply, serializeResponse(errorResponse(error, request, sandbox), sandbox.clock)),
		);
		server.setNotFoundHandler((request, reply) =>
			sendResponse(reply, serializeResponse(noSuchPathResponse(request, sandbox), sandbox.clock)),
		);
	};
}

/** A fault before the write keeps the request from the route; one after it keeps the response from the caller. */
function addRoute(server: FastifyInstance, url: string, route: Route, context: ApiContext): void {
	const { sandbox, faults, stopSignal } = context;
	server.route({
		url,
		method: route.method,
		config: { route },
		handler: async (request, reply) => {
			const apiRequest = toApiRequest(request);
			const triggered = faults.trigger(apiRequest, route);
			const effects = triggered.map(({ effect }) => effect);
			updateLogEntry(request, { faults: triggered.map(({ fault }) => fault) });

			if (!(await waitForDelays(effects, 'beforeWrite', stopSignal))) return reply.hijack();
			const early = replacementAt(effects, 'beforeWrite');
			if (early) return replaceResponse(early, { status: 200 }, request, reply, sandbox);

			const response = handleWithEffects(effects, apiRequest, sandbox, () =>
				regularResponse(apiRequest, route, request, sandbox),
			);
			updateLogEntry(request, { ownStatus: response.status });

			if (!(await waitForDelays(effects, 'afterWrite', stopSignal))) return reply.hijack();
			const late = replacementAt(effects, 'afterWrite');
			if (late) return replaceResponse(late, response, request, reply, sandbox);
			return sendResponse(reply, serializeResponse(response, sandbox.clock));
		},
	});
}

/** The response without any fault. */
function regularResponse(
	apiRequest: ApiRequest,
	route: Route,
	request: FastifyRequest,
	sandbox: Sandbox,
): ApiResponse {
	try {
		checkAccess(apiRequest, route, sandbox);
		return route.handle(apiRequest, sandbox);
	} catch (error) {
		return errorResponse(error as FastifyError, request, sandbox);
	}
}

/** Sends what a fault puts in the place of the regular response. */
function replaceResponse(
	replacement: Replacement,
	regular: ApiResponse,
	request: FastifyRequest,
	reply: FastifyReply,
	sandbox: Sandbox,
): FastifyReply {
	const context = { ...errorContext(request, sandbox), path: request.url };
	const serialized = serializeResponse(regular, sandbox.clock);
	sendReplacement(replacement, serialized, reply, context, sandbox.clock);
	// A response that is cut off does not reach the hook that logs the status.
	if (reply.raw.headersSent) updateLogEntry(request, { status: reply.raw.statusCode });
	return reply;
}

function updateLogEntry(request: FastifyRequest, details: Partial<ReceivedRequest>): void {
	if (request.logEntry) Object.assign(request.logEntry, details);
}

/** The signature covers the bytes of the body, so nothing may parse them before. */
function readBodiesAsBytes(server: FastifyInstance): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
		done(null, body);
	});
}

function logRequests(server: FastifyInstance, requestLog: RequestLog): void {
	server.decorateRequest('logEntry', null);
	server.addHook('onRequest', async (request) => {
		request.logEntry = {
			name: request.routeOptions.config.route?.name ?? null,
			method: request.method,
			path: request.url,
			headers: request.headers,
			body: '',
			status: null,
			ownStatus: null,
			faults: [],
			reason: null,
			correlationId: request.id,
			receivedAt: Date.now(),
		};
		requestLog.add(request.logEntry);
	});
	server.addHook('preHandler', async (request) => {
		updateLogEntry(request, { body: bodyBytes(request).toString('utf8') });
	});
	server.addHook('onSend', async (request, reply) => {
		updateLogEntry(request, { status: reply.statusCode });
	});
}

function toApiRequest(request: FastifyRequest): ApiRequest {
	return {
		version: versionOf(request.url),
		params: request.params as Record<string, string>,
		query: new URL(request.url, 'http://sandbox').searchParams,
		headers: request.headers,
		body: bodyBytes(request),
		origin: `http://${request.host}`,
	};
}

function bodyBytes(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
