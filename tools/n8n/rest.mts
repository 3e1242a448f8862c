import axios, { type AxiosResponse } from 'axios';
import { Agent } from 'node:http';

export interface Owner {
	email: string;
	password: string;
}

/** n8n's own REST API, as its editor uses it, signed in as the owner. */
export interface N8nApi {
	/** `path` begins after `/rest`. Resolves to `data` of the response. */
	get<Data>(path: string): Promise<Data>;
	post<Data>(path: string, body: unknown): Promise<Data>;
	patch<Data>(path: string, body: unknown): Promise<Data>;
	delete<Data>(path: string): Promise<Data>;
	/** The session's cookie, with which another process can go on: n8n limits how often one may sign in. */
	readonly cookie: string;
}

/** Thrown for every response that is not 2xx. */
export class N8nApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

interface Settings {
	userManagement: { showSetupOnFirstLoad: boolean };
}

/** A new connection for each call: n8n could close a kept one just when it is used again. */
const httpAgent = new Agent({ keepAlive: false });

/** Signs in at a running n8n as its owner, whose account is created when there is none yet. */
export async function signIn(url: string, owner: Owner): Promise<N8nApi> {
	const api = createApi(url);
	const settings = await api.get<Settings>('/settings');
	if (settings.userManagement.showSetupOnFirstLoad) {
		await api.post('/owner/setup', { ...owner, firstName: 'Imburse', lastName: 'Sandbox' });
	}
	await api.post('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	return api;
}

/**
 * n8n's REST API with the cookie of a session, which stays valid when n8n is restarted. Without one,
 * the cookie of the sign-in is kept for the next calls.
 */
export function createApi(url: string, session = ''): N8nApi {
	let cookie = session;

	async function call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const response = await axios.request<{ data: Data }>({
			method,
			url: `${url}/rest${path}`,
			data: body,
			headers: cookie === '' ? {} : { cookie },
			httpAgent,
			proxy: false,
			validateStatus: () => true,
		});
		if (response.status >= 300) {
			throw new N8nApiError(
				response.status,
				`n8n answered ${response.status} to ${method} ${path}: ${errorText(response)}`,
			);
		}
		const cookies = response.headers['set-cookie'];
		if (cookies !== undefined) cookie = cookies.map((text) => text.split(';')[0]).join('; ');
		return response.data.data;
	}

	return {
		get: (path) => call('GET', path),
		post: (path, body) => call('POST', path, body),
		patch: (path, body) => call('PATCH', path, body),
		delete: (path) => call('DELETE', path),
		get cookie() {
			return cookie;
		},
	};
}

function errorText({ data }: AxiosResponse<unknown>): string {
	const message = (data as { message?: unknown } | null)?.message;
	return typeof message === 'string' ? message : JSON.stringify(data);
}
