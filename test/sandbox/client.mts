import { createHash, createHmac, randomUUID } from 'node:crypto';
import axios, { type Method } from 'axios';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../sandbox/index.mts';

export interface HttpResponse {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	/** The body as it arrived. */
	text: string;
	/** The body parsed as JSON; null when it is empty or not JSON. */
	body: unknown;
}

export interface RequestOptions {
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	/** A header whose value is undefined is left out. */
	headers?: Readonly<Record<string, string | undefined>>;
	/** Milliseconds until the client gives up; no limit when left out. */
	timeout?: number;
}

/** Sends one HTTP request as it is; no status is an error. */
export async function send(
	url: string,
	method: Method,
	{ body, headers = {}, timeout }: RequestOptions = {},
): Promise<HttpResponse> {
	const response = await axios.request<string>({
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
		status: response.status,
		headers: response.headers,
		text: response.data,
		body: parseJson(response.data),
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The codes in `errors[]`, in their order. */
export function codesOf(reply: HttpResponse): string[] {
	const { errors } = reply.body as { errors: Array<{ errorCode: string }> };
	return errors.map((error) => error.errorCode);
}

export interface HmacTokenParts {
	publicKey: string;
	privateKey: string;
	nonce: string;
	epoch: string;
	body: string;
}

/** Signs as API reference 3.3 says. Written again here, to check the sandbox against it. */
export function hmacToken({ publicKey, privateKey, nonce, epoch, body }: HmacTokenParts): string {
	const hash = body === '' ? '' : createHash('sha256').update(body, 'utf8').digest('base64');
	const signature = createHmac('sha256', Buffer.from(privateKey, 'base64'))
		.update(`${publicKey}:${nonce}:${epoch}:${hash}`, 'utf8')
		.digest('base64');
	return `${publicKey}:${nonce}:${epoch}:${signature}`;
}

/** A token for the current time; `changed` replaces some of its parts. */
export function freshToken(
	{ options }: RunningSandbox,
	changed: Partial<HmacTokenParts> = {},
): string {
	return hmacToken({
		publicKey: options.publicKey,
		privateKey: options.privateKey,
		nonce: randomUUID().replaceAll('-', ''),
		epoch: String(Math.floor(Date.now() / 1000)),
		body: '',
		...changed,
	});
}

/** A client of a sandbox that is signed in and sends the usual headers with every request. */
export class ImburseClient {
	private constructor(
		readonly sandbox: RunningSandbox,
		private readonly accessToken: string,
	) {}

	static async start(options: Partial<SandboxOptions> = {}): Promise<ImburseClient> {
		return ImburseClient.signIn(await startSandbox(options));
	}

	static async signIn(sandbox: RunningSandbox): Promise<ImburseClient> {
		const reply = await send(`${sandbox.url}/v1/identity/hmac`, 'POST', {
			headers: { Authorization: `Hmac ${freshToken(sandbox)}` },
		});
		return new ImburseClient(sandbox, (reply.body as { accessToken: string }).accessToken);
	}

	get headers(): Record<string, string> {
		return {
			Authorization: `Bearer ${this.accessToken}`,
			'x-account-id': this.sandbox.options.accountId,
			'x-tenant-id': this.sandbox.options.tenantId,
			'Content-Type': 'application/json',
		};
	}

	call(
		method: Method,
		path: string,
		{ body, headers, timeout }: RequestOptions = {},
	): Promise<HttpResponse> {
		return send(this.sandbox.url + path, method, {
			body,
			timeout,
			headers: { ...this.headers, ...headers },
		});
	}

	get(path: string): Promise<HttpResponse> {
		return this.call('GET', path);
	}

	post(path: string, body: unknown): Promise<HttpResponse> {
		return this.call('POST', path, { body });
	}

	put(path: string, body: unknown): Promise<HttpResponse> {
		return this.call('PUT', path, { body });
	}
}

/** Sends an order with one valid instruction. */
export function createOrder(
	client: ImburseClient,
	orderRef = 'ORDER-1',
	{ timeout }: Pick<RequestOptions, 'timeout'> = {},
): Promise<HttpResponse> {
	const body = { orderRef, instructions: [instruction(client.sandbox)] };
	return client.call('POST', '/v1/order-management', { body, timeout });
}

/** A valid instruction; `changed` replaces some of its fields, and undefined leaves one out. */
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
