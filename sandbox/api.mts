import type {
	FastifyError,
	FastifyInstance,
	FastifyPluginAsync,
	FastifyReply,
	FastifyRequest,
} from 'fastify';
import { admit } from './access.mts';
import { callerCorrelationId } from './correlation.mts';
import { errorBody, problemBody, Refusal, refusal, type FailureContext } from './failures.mts';
import type { Journal, ReceivedRequest } from './journal.mts';
import { toJson } from './json.mts';
import type { Answer, Call, Route } from './route.mts';
import type { Sandbox } from './sandbox.mts';

declare module 'fastify' {
	interface FastifyContextConfig {
		route?: Route;
	}
	interface FastifyRequest {
		entry: ReceivedRequest | null;
	}
}

/** The routes as a fastify plugin that writes every call into the journal. */
export function imburseApi(
	routes: readonly Route[],
	sandbox: Sandbox,
	journal: Journal,
): FastifyPluginAsync {
	return async (server) => {
		readBodiesAsBytes(server);
		keepJournal(server, journal);
		for (const route of routes) {
			for (const url of route.paths) addRoute(server, url, route, sandbox);
		}
		server.setErrorHandler<FastifyError>((error, request, reply) =>
			send(reply, failureAnswer(error, request, sandbox), sandbox),
		);
		// A path that Imburse does not have: 404 with an empty body is inferred.
		server.setNotFoundHandler((_request, reply) => send(reply, { status: 404 }, sandbox));
	};
}

function addRoute(server: FastifyInstance, url: string, route: Route, sandbox: Sandbox): void {
	server.route({
		url,
		method: route.method,
		config: { route },
		handler: (request, reply) => {
			const call = toCall(request);
			admit(call, route, sandbox);
			return send(reply, route.handle(call, sandbox), sandbox);
		},
	});
}

/** The signature covers the bytes as they came, so nothing may read them as JSON before. */
function readBodiesAsBytes(server: FastifyInstance): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
		done(null, body);
	});
}

function keepJournal(server: FastifyInstance, journal: Journal): void {
	server.decorateRequest('entry', null);
	server.addHook('onRequest', async (request) => {
		request.entry = {
			name: request.routeOptions.config.route?.name ?? null,
			method: request.method,
			path: request.url,
			headers: request.headers,
			body: '',
			status: null,
			reason: null,
			correlationId: request.id,
			receivedAt: Date.now(),
		};
		journal.add(request.entry);
	});
	server.addHook('preHandler', async (request) => {
		if (request.entry) request.entry.body = bodyOf(request).toString('utf8');
	});
	server.addHook('onSend', async (request, reply) => {
		if (request.entry) request.entry.status = reply.statusCode;
	});
}

function toCall(request: FastifyRequest): Call {
	return {
		version: versionOf(request),
		params: request.params as Record<string, string>,
		query: new URL(request.url, 'http://sandbox').searchParams,
		headers: request.headers,
		body: bodyOf(request),
		origin: `http://${request.host}`,
	};
}

function bodyOf(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function versionOf(request: FastifyRequest): Call['version'] {
	return request.url.startsWith('/v2/') ? 'v2' : 'v1';
}

/** The `Date` header follows the sandbox's clock, as a server's would. */
function send(reply: FastifyReply, answer: Answer, { clock }: Sandbox): FastifyReply {
	void reply
		.code(answer.status)
		.headers({ date: new Date(clock()).toUTCString(), ...answer.headers });
	if (answer.body === undefined) return reply.send();
	return reply.type('application/json; charset=utf-8').send(toJson(answer.body));
}

function failureAnswer(error: FastifyError, request: FastifyRequest, sandbox: Sandbox): Answer {
	const { status, problems, message } = toRefusal(error);
	if (request.entry) request.entry.reason = message;
	const context: FailureContext = {
		correlationId: request.id,
		callerCorrelationId: callerCorrelationId(request.headers),
		now: sandbox.clock(),
		version: versionOf(request),
	};
	// The configuration pages document another body for 401 (API reference 6, shape D).
	if (status === 401 && request.routeOptions.config.route?.area === 'configuration') {
		const detail = 'The access token is missing, unknown or expired.';
		return { status, body: problemBody(status, 'Unauthorized', detail, request.url, context) };
	}
	return { status, body: errorBody(problems, context) };
}

/** What fastify itself refuses (a body that is too large, a broken request) counts as an unreadable body. */
function toRefusal(error: FastifyError): Refusal {
	if (error instanceof Refusal) return error;
	const status = error.statusCode ?? 500;
	if (status < 500) return refusal(status, 'REQUEST_BODY_NOT_RECOGNISED', error.message);
	console.error(error);
	return refusal(500, 'INTERNAL_SERVER_ERROR', error.message);
}
