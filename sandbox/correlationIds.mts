import type { IncomingHttpHeaders } from 'node:http';

/**
 * Creates Imburse's own correlation IDs. The form (a connection, a colon, a hexadecimal counter) is that of
 * the sample `0HLPSRAQ7S0I6:00000002` (API reference 6, shape C, documented).
 */
export function createCorrelationIdGenerator(): () => string {
	let count = 0;
	return () => {
		count += 1;
		return `0HSANDBOX0001:${count.toString(16).toUpperCase().padStart(8, '0')}`;
	};
}

/**
 * The caller's `X-Correlation-ID`, in any letter case (API reference 3.5, documented).
 * Undefined when it was not sent or is empty.
 */
export function callerCorrelationId(headers: IncomingHttpHeaders): string | undefined {
	const value = headers['x-correlation-id'];
	return (Array.isArray(value) ? value[0] : value) || undefined;
}
