import { valid, invalid, type ValidationResult } from '../validation/result';
import type { ImburseCredential } from './credential';
import { parseUrl } from './parseUrl';

/**
 * Where each environment lives. Sandbox: API reference 2, documented and observed (the spelling
 * `api-sandbox.` of one page was never seen working). Production: API reference 2, documented.
 */
export const BASE_URLS = {
	sandbox: 'https://sandbox-api.imbursepayments.com',
	production: 'https://api.imbursepayments.com',
} as const;

type BaseUrlFields = Pick<ImburseCredential, 'environment' | 'baseUrl'>;

/**
 * The base URL of a credential, without a trailing slash. Dedicated production environments have
 * hosts of their own (API reference 2, documented), so a custom one is free text.
 */
export function baseUrlOf(credential: BaseUrlFields): ValidationResult<string> {
	const { environment, baseUrl } = credential;
	if (environment === 'custom') return checkBaseUrl(baseUrl);
	if (Object.hasOwn(BASE_URLS, environment)) return valid(BASE_URLS[environment]);
	return invalid({
		field: 'Environment',
		reason: 'it is none of those on the list',
		fix: 'Open the Imburse credential and choose one.',
	});
}

/**
 * Whether real money may move there. A custom address may be a dedicated production environment
 * (API reference 2), so it counts as one, unless it is this very machine or Imburse's sandbox.
 */
export function isProduction({ environment, baseUrl }: { environment: string; baseUrl: string }) {
	if (environment !== 'custom') return environment === 'production';
	const { hostname } = new URL(baseUrl);
	return !isThisMachine(hostname) && hostname !== new URL(BASE_URLS.sandbox).hostname;
}

/** RFC 6761 and RFC 1122: the names and addresses that never leave the machine. */
export function isThisMachine(hostname: string): boolean {
	return hostname === '[::1]' || /^(.+\.)?localhost$|^127(\.\d+){3}$/.test(hostname);
}

function checkBaseUrl(text: string): ValidationResult<string> {
	const url = parseUrl(text.trim());
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		return refusedBaseUrl(`"${text}" is not a web address that begins with https:// or http://`);
	}
	if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
		return invalid({
			field: 'Base URL',
			reason: `keys would travel in clear to "${url.origin}"`,
			fix: 'Open the Imburse credential and write https:// in the place of http://. Plain http:// is for this machine only.',
		});
	}
	if (url.username || url.password || url.search || url.hash) {
		return refusedBaseUrl('it holds more than a host and a path');
	}
	return valid(`${url.origin}${url.pathname}`.replace(/\/+$/, ''));
}

function refusedBaseUrl(reason: string): ValidationResult<string> {
	return invalid({
		field: 'Base URL',
		reason,
		fix: 'Open the Imburse credential and enter the address that your Imburse account manager gave you, for example https://api.example.com.',
	});
}
