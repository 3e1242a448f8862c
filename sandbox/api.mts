import type {
	FastifyError,
	FastifyInstance,
	FastifyPluginAsync,
	FastifyReply,
	FastifyRequest,
} from 'fastify';
import { admit } from './access.mts';
import { failureAnswer, failureContext } from './failure-answer.mts';
import { carryOut } from './faults/consequences.mts';
import { deliver } from './faults/delivery.mts';
import type { Faults } from './faults/faults.mts';
import { pause } from './faults/pause.mts';
import { takeoverAt, takeOver, type Takeover } from './faults/take-over.mts';
import type { Journal, ReceivedRequest } from './journal.mts';
import { render } from './rendered.mts';
import { versionOf, type Answer, type Call, type Route } from './route.mts';
import type { Sandbox } from './sandbox.mts';

declare module 'fastify' {
	interface FastifyContextConfig {
		route?: Route;
	}
	interface FastifyRequest {
		entry: ReceivedRequest | null;
	}
}

/** What the routes answer from, and what may go wrong on the way. */
export interface Premises {
	sandbox: Sandbox;
	journal: Journal;
	faults: Faults;
	/** Aborts when the sandbox stops. */
	stopped: AbortSignal;
}

/** The routes as a fastify plugin that writes every call into the journal. */
export function imburseApi(routes: readonly Route[], premises: Premises): FastifyPluginAsync {
	const { sandbox, journal } = premises;
	return async (server) => {
		readBodiesAsBytes(server);
		keepJournal(server, journal);
		for (const route of routes) {
			for (const url of route.paths) addRoute(server, url, route, premises);
		}
		server.setErrorHandler<FastifyError>((error, request, reply) =>
			deliver(reply, render(failureAnswer(error, request, sandbox), sandbox.clock)),
		);
		// A path that Imburse does not have: 404 with an empty body is inferred.
		server.setNotFoundHandler((_request, reply) =>
			deliver(reply, render({ status: 404 }, sandbox.clock)),
		);
	};
}

/** A fault before the write keeps the call from the route; one after it keeps the answer from the caller. */
function addRoute(server: FastifyInstance, url: string, route: Route, premises: Premises): void {
	const { sandbox, faults, stopped } = premises;
	server.route({
		url,
		method: route.method,
		config: { route },
		handler: async (request, reply) => {
			const call = toCall(request);
			const strikes = faults.strike(call, route);
			const effects = strikes.map(({ effect }) => effect);
			note(request, { faults: strikes.map(({ fault }) => fault) });

			if (!(await pause(effects, 'beforeWrite', stopped))) return reply.hijack();
			const early = takeoverAt(effects, 'beforeWrite');
			if (early) return answerInstead(early, { status: 200 }, request, reply, sandbox);

			const answer = carryOut(effects, call, sandbox, () =>
				ownAnswer(call, route, request, sandbox),
			);
			note(request, { ownStatus: answer.status });

			if (!(await pause(effects, 'afterWrite', stopped))) return reply.hijack();
			const late = takeoverAt(effects, 'afterWrite');
			if (late) return answerInstead(late, answer, request, reply, sandbox);
			return deliver(reply, render(answer, sandbox.clock));
		},
	});
}

/** What Imburse itself answers. */
function ownAnswer(call: Call, route: Route, request: FastifyRequest, sandbox: Sandbox): Answer {
	try {
		admit(call, route, sandbox);
		return route.handle(call, sandbox);
	} catch (error) {
		return failureAnswer(error as FastifyError, request, sandbox);
	}
}

function answerInstead(
	takeover: Takeover,
	own: Answer,
	request: FastifyRequest,
	reply: FastifyReply,
	sandbox: Sandbox,
): FastifyReply {
	const context = { ...failureContext(request, sandbox), path: request.url };
	takeOver(takeover, render(own, sandbox.clock), reply, context, sandbox.clock);
	// An answer that is broken off does not pass the hook that notes the status.
	if (reply.raw.headersSent) note(request, { status: reply.raw.statusCode });
	return reply;
}

function note(request: FastifyRequest, facts: Partial<ReceivedRequest>): void {
	if (request.entry) Object.assign(request.entry, facts);
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
			ownStatus: null,
			faults: [],
			reason: null,
			correlationId: request.id,
			receivedAt: Date.now(),
		};
		journal.add(request.entry);
	});
	server.addHook('preHandler', async (request) => {
		note(request, { body: bodyOf(request).toString('utf8') });
	});
	server.addHook('onSend', async (request, reply) => {
		note(request, { status: reply.statusCode });
	});
}

function toCall(request: FastifyRequest): Call {
	return {
		version: versionOf(request.url),
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
