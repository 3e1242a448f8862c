/**
 * The transaction that the `location` of a claim names: `/v1/customer-vault/{customerRef}/reward/
 * {financialInstrumentId}/transaction/{transactionId}` (API reference 4.1, documented). Only the
 * path is read, so that a response cannot send the token to another host.
 *
 * @returns its identifiers, or undefined where the path is another
 */
export function rewardTransactionIn(
	location: string | undefined,
): Record<'customerRef' | 'financialInstrumentId' | 'transactionId', string> | undefined {
	if (location === undefined || !URL.canParse(location, 'https://imburse.invalid'))
		return undefined;
	const { pathname } = new URL(location, 'https://imburse.invalid');
	const found = /\/customer-vault\/([^/]+)\/reward\/([^/]+)\/transaction\/([^/]+)\/?$/.exec(
		pathname,
	);
	const [customerRef, financialInstrumentId, transactionId] = (found ?? []).slice(1).map(decoded);
	if (!customerRef || !financialInstrumentId || !transactionId) return undefined;
	return { customerRef, financialInstrumentId, transactionId };
}

function decoded(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}
