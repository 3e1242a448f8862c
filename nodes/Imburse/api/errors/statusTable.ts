/**
 * What Imburse's status codes mean: the table of its introduction and what it says of the ranges, word
 * for word (introduction, "Error Codes", documented). Every message of the node takes its meaning from
 * here.
 */
const MEANINGS: ReadonlyMap<number, string> = new Map([
	[200, 'OK: everything worked as expected'],
	[201, 'Created: the request created a valid entity'],
	[202, 'Accepted: the request was accepted'],
	[204, 'No Content: the request was successful but no content should be expected back'],
	[400, 'Bad Request: the request was unacceptable, often due to missing a required parameter'],
	[401, 'Unauthorized: no valid API key provided'],
	[402, 'Request Failed: the parameters were valid but the request failed'],
	[403, 'Forbidden: the requested endpoint is not valid for your user or role'],
	[404, "Not Found: the requested resource doesn't exist"],
	[
		409,
		'Conflict: the request conflicts with another request (perhaps due to using the same idempotent key)',
	],
	[
		429,
		'Too Many Requests: too many requests hit the API too quickly. We recommend an exponential backoff of your requests',
	],
]);

const SERVER_ERROR = "Internal Server Error: something went wrong on Imburse's end";
/** The 5xx codes that the table names. */
const SERVER_ERRORS = new Set([500, 501, 502, 503, 504]);

/** What the introduction says of each range, for a status that has no row. */
const RANGES: ReadonlyMap<number, string> = new Map([
	[2, 'success'],
	[4, 'an error that failed given the information provided'],
	[5, "an error with Imburse's servers"],
]);

/**
 * The meaning of a status code: its row of the table, otherwise that of its range. Of any other the
 * documentation says nothing, and the sentence says so.
 */
export function statusMeaning(status: number): string {
	const meaning = MEANINGS.get(status);
	if (meaning) return meaning;
	if (SERVER_ERRORS.has(status)) return SERVER_ERROR;
	const hundred = Math.floor(status / 100);
	const ofRange = RANGES.get(hundred);
	if (ofRange) return `Status ${status}, of the ${hundred}xx range: ${ofRange}`;
	return `Status ${status}: Imburse's documentation gives this code no meaning`;
}

/**
 * HTTP itself says of these that the call is not offered (405) or no longer offered (410). Imburse
 * answers 405 where the account has no licence for a feature (API reference 4.2, expected), and 410 for
 * a call that it has taken out of service (API reference 4.2, documented).
 */
export const NOT_OFFERED: ReadonlySet<number> = new Set([405, 410]);
