import { describe, expect, it } from '@jest/globals';
import { statusMeaning } from '../../../../nodes/Imburse/api/errors/statusTable.ts';

/** The table of Imburse's introduction, section "Error Codes", as it stands there. */
const TABLE = `
200 | **OK** - Everything worked as expected.
201 | **Created** - The request created a valid entity.
202 | **Accepted** - The request was accepted.
204 | **No Content** - The request was successful but no content should be expected back.
400 | **Bad Request** - The request was unacceptable, often due to missing a required parameter.
401 | **Unauthorized** - No valid API key provided.
402 | **Request Failed** - The parameters were valid but the request failed.
403 | **Forbidden** -- The requested endpoint is not valid for your user or role.
404 | **Not Found** - The requested resource doesn't exist.
409 | **Conflict** - The request conflicts with another request (perhaps due to using the same idempotent key).
429 | **Too Many Requests**	- Too many requests hit the API too quickly. We recommend an exponential backoff of your requests.
500, 501, 502, 503, 504 | **Internal Server Error** - Something went wrong on Imburse's end.
`;

const rows = [...TABLE.matchAll(/^([\d, ]+) \| \*\*(.+?)\*\*\s*-+ (.+)$/gm)].flatMap(
	([, codes = '', name = '', sentence = '']) =>
		codes.split(', ').map((code) => ({ code: Number(code), name, sentence })),
);

describe('statusMeaning', () => {
	it('is tested on every code of the table', () => {
		expect(rows.map(({ code }) => code)).toEqual([
			200, 201, 202, 204, 400, 401, 402, 403, 404, 409, 429, 500, 501, 502, 503, 504,
		]);
	});

	it.each(rows)('says of $code what the introduction says: $name', ({ code, name, sentence }) => {
		const words = sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
		expect(statusMeaning(code)).toBe(`${name}: ${words}`);
	});

	it.each([
		[203, '2xx', 'success'],
		[206, '2xx', 'success'],
		[405, '4xx', 'an error that failed given the information provided'],
		[410, '4xx', 'an error that failed given the information provided'],
		[415, '4xx', 'an error that failed given the information provided'],
		[422, '4xx', 'an error that failed given the information provided'],
		[499, '4xx', 'an error that failed given the information provided'],
		[505, '5xx', "an error with Imburse's servers"],
		[522, '5xx', "an error with Imburse's servers"],
		[599, '5xx', "an error with Imburse's servers"],
	])('says of %d what the introduction says of its range', (code, range, sentence) => {
		expect(statusMeaning(code)).toBe(`Status ${code}, of the ${range} range: ${sentence}`);
	});

	it.each([0, 100, 199, 301, 302, 307, 600, 999])(
		'says of %d that the introduction gives it no meaning',
		(code) => {
			expect(statusMeaning(code)).toBe(
				`Status ${code}: Imburse's documentation gives this code no meaning`,
			);
		},
	);
});
