import { createHash, createHmac, randomUUID } from 'node:crypto';
import axios, { type Method } from 'axios';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../sandbox/index.mts';

export interface Reply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	/** The body as it came. */
	text: string;
	/** The body read as JSON, null when it is empty or no JSON. */
	body: unknown;
}

export interface Sent {
	/** Text goes out as it is, anything else as JSON. */
	body?: unknown;
	/** A header set to undefined is left out. */
	headers?: Readonly<Record<string, string | undefined>>;
	/** Milliseconds until the client gives up; never when left out. */
	timeout?: number;
}

/** One HTTP call, nothing added, every status is an answer. */
export async function send(
	url: string,
	method: Method,
	{ body, headers = {}, timeout }: Sent = {},
): Promise<Reply> {
	const answer = await axios.request<string>({
		url,
		method,
		data: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		headers: Object.fromEntries(
			Object.entries(headers).filter(
				(header): header is [string, string] => header[1] !== undefined,
			),
		),
		transformRequest: (data: unknown) => data,
		transformResponse: (data: unknown) => data,
		timeout,
		responseType: 'text',
		maxRedirects: 0,
		validateStatus: () => true,
	});
	return {
		status: answer.status,
		headers: answer.headers,
		text: answer.data,
		body: parsed(answer.data),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The codes of `errors[]`, in their order. */
export function codesOf(reply: Reply): string[] {
	const { errors } = reply.body as { errors: Array<{ errorCode: string }> };
	return errors.map((error) => error.errorCode);
}

export interface Signing {
	publicKey: string;
	privateKey: string;
	nonce: string;
	epoch: string;
	body: string;
}

/** Signs as API reference 3.3 says; the test's own words, to check the sandbox against. */
export function hmacToken({ publicKey, privateKey, nonce, epoch, body }: Signing): string {
	const hash = body === '' ? '' : createHash('sha256').update(body, 'utf8').digest('base64');
	const signature = createHmac('sha256', Buffer.from(privateKey, 'base64'))
		.update(`${publicKey}:${nonce}:${epoch}:${hash}`, 'utf8')
		.digest('base64');
	return `${publicKey}:${nonce}:${epoch}:${signature}`;
}

/** A token for right now, with what is given changed. */
export function freshToken({ options }: RunningSandbox, changed: Partial<Signing> = {}): string {
	return hmacToken({
		publicKey: options.publicKey,
		privateKey: options.privateKey,
		nonce: randomUUID().replaceAll('-', ''),
		epoch: String(Math.floor(Date.now() / 1000)),
		body: '',
		...changed,
	});
}

/** A sandbox on a free port, signed in, with the usual headers on every call. */
export class SignedIn {
	private constructor(
		readonly sandbox: RunningSandbox,
		private readonly accessToken: string,
	) {}

	static async start(options: Partial<SandboxOptions> = {}): Promise<SignedIn> {
		return SignedIn.to(await startSandbox(options));
	}

	static async to(sandbox: RunningSandbox): Promise<SignedIn> {
		const reply = await send(`${sandbox.url}/v1/identity/hmac`, 'POST', {
			headers: { Authorization: `Hmac ${freshToken(sandbox)}` },
		});
		return new SignedIn(sandbox, (reply.body as { accessToken: string }).accessToken);
	}

	get headers(): Record<string, string> {
		return {
			Authorization: `Bearer ${this.accessToken}`,
			'x-account-id': this.sandbox.options.accountId,
			'x-tenant-id': this.sandbox.options.tenantId,
			'Content-Type': 'application/json',
		};
	}

	call(method: Method, path: string, { body, headers, timeout }: Sent = {}): Promise<Reply> {
		return send(this.sandbox.url + path, method, {
			body,
			timeout,
			headers: { ...this.headers, ...headers },
		});
	}

	get(path: string): Promise<Reply> {
		return this.call('GET', path);
	}

	post(path: string, body: unknown): Promise<Reply> {
		return this.call('POST', path, { body });
	}

	put(path: string, body: unknown): Promise<Reply> {
		return this.call('PUT', path, { body });
	}
}

/** Sends an order with one instruction that is right in every field. */
export function createOrder(
	client: SignedIn,
	orderRef = 'ORDER-1',
	{ timeout }: Pick<Sent, 'timeout'> = {},
): Promise<Reply> {
	const body = { orderRef, instructions: [instruction(client.sandbox)] };
	return client.call('POST', '/v1/order-management', { body, timeout });
}

/** An instruction that is right in every field, with what is given changed; undefined leaves a field out. */
export function instruction(
	{ options }: RunningSandbox,
	changed: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
	return {
		instructionRef: 'INSTRUCTION-1',
		customerRef: 'CUSTOMER-1',
		direction: 'CREDIT',
		financialInstrumentId: '',
		amount: '210.00',
		currency: 'EUR',
		country: 'IE',
		schemeId: options.schemeIds.payout,
		settledByDate: '2030-12-31',
		metadata: {},
		...changed,
	};
}
