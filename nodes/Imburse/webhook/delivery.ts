/** One call of the trigger's address, as it came in. */
export interface Delivery {
	/** Names in lower case. A header that came twice is joined with a comma, as Node does. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** What stands behind the question mark of the address. */
	query: Readonly<Record<string, unknown>>;
	/** The very bytes of the body. */
	body: Buffer;
	/** Where it came from, as n8n sees it; behind a proxy n8n has to be told to trust it. */
	ipAddress: string;
}

/** Whether a delivery is let in; the reason is for n8n's log and holds no secret. */
export type VerificationResult = { ok: true } | { ok: false; reason: string };

export const ACCEPTED: VerificationResult = { ok: true };

export function rejected(reason: string): VerificationResult {
	return { ok: false, reason };
}

/** A header that came exactly once and is not empty. */
export function singleHeader({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
