import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { z } from 'zod/v4';
import { checkWithZod } from './bodySchema.mts';
import type { Controls } from './controls.mts';
import { parseFaultRequest } from './faults/parseFaults.mts';
import type { Failure } from './store.mts';
import { addWebhookRoutes } from './webhooks/adminRoutes.mts';

const statusChange = z.object({
	status: z.string().min(1),
	errorCode: z.string().optional(),
	reason: z.string().optional(),
});

/** Without references it moves all instructions. */
const advance = statusChange.extend({
	orderRef: z.string().optional(),
	instructionRef: z.string().optional(),
});

interface StatusRoute {
	Params: { orderRef: string; instructionRef: string };
	Body: z.infer<typeof statusChange>;
}

/**
 * The controls over HTTP, for other processes, under `/_sandbox`. They are not part of Imburse, need
 * no key and answer plain JSON, with amounts as texts.
 */
export function adminApi(controls: Controls): FastifyPluginAsync {
	return async (server) => {
		server.addHook('onRequest', refuseForeignPages);
		readBodyAsJson(server);
		server.setValidatorCompiler(checkWithZod);
		server.get('/orders', async () => controls.store.orders);
		server.get('/requests', async () => controls.requests);
		server.get('/counts', async () => controls.counts);
		addFaultRoutes(server, controls);
		addWebhookRoutes(server, controls.webhooks);
		server.post('/reset', async (_request, reply) => {
			controls.reset();
			return reply.code(204).send();
		});
		server.post('/expire-tokens', async (_request, reply) => {
			controls.expireTokens();
			return reply.code(204).send();
		});
		server.post<StatusRoute>(
			'/orders/:orderRef/instructions/:instructionRef/status',
			{ schema: { body: statusChange } },
			async (request, reply) => {
				const { orderRef, instructionRef } = request.params;
				const { status } = request.body;
				if (!controls.store.instruction(orderRef, instructionRef)) {
					return reply.code(404).send({ error: `No instruction ${instructionRef} in ${orderRef}` });
				}
				const failure = failureOf(request.body);
				controls.setInstructionStatus(orderRef, instructionRef, status, failure);
				return reply.code(204).send();
			},
		);
		server.post<{ Body: z.infer<typeof advance> }>(
			'/advance',
			{ schema: { body: advance } },
			async ({ body }) => {
				const { status, orderRef, instructionRef } = body;
				const filter = { orderRef, instructionRef };
				return { advanced: controls.advance(status, filter, failureOf(body)) };
			},
		);
	};
}

function failureOf({ errorCode, reason }: StatusRoute['Body']): Failure | undefined {
	return errorCode || reason ? { errorCode: errorCode ?? '', reason: reason ?? '' } : undefined;
}

/** `POST` takes `{ faults, seed? }` and sets these faults in place of all others; `GET` returns them with their counts. */
function addFaultRoutes(server: FastifyInstance, controls: Controls): void {
	server.get('/faults', async () => controls.faults);
	server.post('/faults', async (request, reply) => {
		try {
			const { faults, seed } = parseFaultRequest(request.body);
			controls.setFaults(faults, seed);
		} catch (error) {
			return reply.code(400).send({ error: (error as Error).message });
		}
		return reply.code(204).send();
	});
	server.delete('/faults', async (_request, reply) => {
		controls.clearFaults();
		return reply.code(204).send();
	});
}

/**
 * A page of another origin can make a browser send a form here, and a name of its own can lead to this
 * machine. So the host has to be an address, or a name that stays on the machine, and a body is JSON,
 * which a form never is.
 */
async function refuseForeignPages({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
	const { host = '', origin, 'content-type': contentType = '' } = headers;
	const hasBody = 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
	const { hostname } = new URL(`http://${host}`);
	const isLocal =
		isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || /^(.+\.)?localhost$/.test(hostname);
	if (!isLocal || (origin !== undefined && origin !== `http://${host}`)) {
		await reply.code(403).send({ error: 'Only pages of this machine may use the controls' });
	} else if (hasBody && !/^application\/json\b/.test(contentType)) {
		await reply.code(415).send({ error: 'Send application/json' });
	}
}

function readBodyAsJson(server: FastifyInstance): void {
	const parseJson = server.getDefaultJsonParser('error', 'error');
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
		if (text === '') done(null);
		else void parseJson(request, String(text), done);
	});
}
