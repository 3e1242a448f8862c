import { parseUrl } from '../../api/parseUrl';

/**
 * Whether a URL can be reached only from this network: its host is this machine, in a private network,
 * or a name without a domain. Imburse calls from the internet.
 */
export function isLocalUrl(text: string): boolean {
	const url = parseUrl(text);
	if (!url) return true;
	const host = url.hostname
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	if (host.includes(':')) return /^(::1?$|fe[89ab]|f[cd]|::ffff:)/.test(host);
	if (/^\d+(\.\d+){3}$/.test(host)) return LOCAL_IPV4.test(host);
	return !host.includes('.') || /\.(local|localhost|internal|lan|home|test)$/.test(host);
}

/** RFC 1122, 1918, 3927 and 6598. */
const LOCAL_IPV4 =
	/^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
