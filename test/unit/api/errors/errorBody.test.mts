import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseResponseBody } from '../../../../nodes/Imburse/api/responseBody.ts';
import {
	isAboutRequest,
	isHeldBack,
	isProblem,
	parseErrorBody,
} from '../../../../nodes/Imburse/api/errors/errorBody.ts';

function read(body: unknown, headers: Record<string, string> = {}) {
	return parseErrorBody(parseResponseBody(JSON.stringify(body)), headers);
}

const NOTHING = {
	codes: [],
	messages: [],
	errors: [],
	correlationId: null,
	isImburse: false,
	isOfGateway: false,
};

describe('shape A, the seed: a bare correlation-id', () => {
	it('gives its id', () => {
		expect(read({ 'correlation-id': 'ID-1' })).toMatchObject({
			codes: [],
			messages: [],
			correlationId: 'ID-1',
			isImburse: true,
		});
	});
});

describe('shape B, June 2019: errorCodes', () => {
	it('gives its codes in their order', () => {
		expect(read({ errorCodes: ['SCHEME_ID_INVALID', 'SCHEME_NAME_REQUIRED'] })).toMatchObject({
			codes: ['SCHEME_ID_INVALID', 'SCHEME_NAME_REQUIRED'],
			messages: [],
			correlationId: null,
			isImburse: true,
		});
	});
});

describe('shape C, 2019 until today: errors', () => {
	const body = {
		timestamp: 1569248349,
		correlationId: '0HLPSRAQ7S0I6:00000002',
		errors: [
			{
				errorCode: 'TENANT_ID_IS_REQUIRED',
				message: 'Tenant ID is required. own-id',
				messageTemplate: 'Tenant ID is required. {correlationId}',
				metadata: { correlationId: 'own-id' },
			},
			{ errorCode: 'AMOUNT_OUT_OF_RANGE', message: 'Amount.', metadata: { correlationId: 'x' } },
		],
	};

	it("gives codes, sentences, and the outer id, which is Imburse's", () => {
		expect(read(body)).toMatchObject({
			codes: ['TENANT_ID_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE'],
			messages: ['Tenant ID is required. own-id', 'Amount.'],
			correlationId: '0HLPSRAQ7S0I6:00000002',
			isImburse: true,
		});
	});

	it("never takes the caller's own id from inside an error for Imburse's", () => {
		expect(read({ ...body, correlationId: undefined }).correlationId).toBeNull();
	});

	it('reads the timestamp of 2023 no differently', () => {
		expect(read({ ...body, timestamp: 1692613800000 })).toEqual(read(body));
	});
});

describe('shape D, 2023: a problem with a trace', () => {
	it('gives title and detail, and the id of the request', () => {
		expect(
			read({
				status: 401,
				title: 'Unauthorized',
				detail: 'The token has expired.',
				instance: '/v2/account',
				trace: { timestamp: 1692613800000, requestId: 'REQ-1' },
			}),
		).toMatchObject({
			codes: [],
			messages: ['Unauthorized', 'The token has expired.'],
			correlationId: 'REQ-1',
			isImburse: true,
		});
	});
});

describe('whether the gateway in front of Imburse has answered', () => {
	const trace = { timestamp: 1692613800000, requestId: 'REQ-1', buildId: 'B' };

	it.each([
		[{ type: 'https://httpproblems.com/http-status/404', title: 'Not Found', status: 404, trace }],
		[{ title: 'Unauthorized', trace: {} }],
	])('%j is its own problem', (body) => {
		expect(read(body).isOfGateway).toBe(true);
	});

	it.each([
		[{ title: 'Not Found', status: 404 }],
		[{ title: 'Not Found', status: 404, traceId: '00-1' }],
		[{ title: 'Not Found', trace: 'REQ-1' }],
		[{ title: 404, trace }],
		[{ trace }],
		[{ title: 'Bad Request', trace, errors: [{ errorCode: 'AMOUNT_IS_REQUIRED' }] }],
		[{ correlationId: '0HL:7' }],
	])('%j is not', (body) => {
		expect(read(body).isOfGateway).toBe(false);
	});

	it.each([400, 401, 403, 404, 405, 410, 413, 414, 415, 429])(
		'it has held the request back with %d',
		(status) => {
			expect(isHeldBack(status, read({ title: 'No', trace }))).toBe(true);
			expect(isHeldBack(status, read({ title: 'No' }))).toBe(false);
		},
	);

	it.each([200, 302, 402, 408, 409, 422, 499, 500, 502, 503, 504])(
		'it may have handed it on with %d',
		(status) => {
			expect(isHeldBack(status, read({ title: 'No', trace }))).toBe(false);
		},
	);
});

describe('the correlation id', () => {
	it.each([
		[{ correlationId: 'A', 'correlation-id': 'B', trace: { requestId: 'C' } }, 'A'],
		[{ correlationId: '', 'correlation-id': 'B' }, 'B'],
		[{ correlationId: 7, trace: { requestId: 'C' } }, 'C'],
		[{}, 'H'],
	])('of %j is %s', (body, id) => {
		expect(read(body, { 'x-correlation-id': 'H' }).correlationId).toBe(id);
	});

	it('comes from a header when the body has none', () => {
		const html = parseResponseBody('<html>');
		expect(parseErrorBody(html, { 'correlation-id': 'H' }).correlationId).toBe('H');
		expect(parseErrorBody(html, { 'x-correlation-id': 'X' }).correlationId).toBe('X');
	});

	it("alone in a header does not make a gateway's answer Imburse's", () => {
		const headers = { 'x-correlation-id': 'H' };
		expect(parseErrorBody(parseResponseBody('<html>'), headers).isImburse).toBe(false);
		expect(parseErrorBody(parseResponseBody('{"message":"no route"}'), headers).isImburse).toBe(
			false,
		);
	});
});

describe('a body that is none of these', () => {
	it.each([
		['empty', ''],
		['a web page', '<html>502 Bad Gateway</html>'],
		['cut-off JSON', '{"errors":[{"errorCode":"ORDER_NOT_F'],
		['null', 'null'],
		['a text', '"ORDER_NOT_FOUND"'],
		['a list', '[{"errorCode":"ORDER_NOT_FOUND"}]'],
		['errors that are no list', '{"errors":{"errorCode":"ORDER_NOT_FOUND"}}'],
		['errors of a web framework', '{"errors":{"orderRef":["is required"]}}'],
		['codes that are no texts', '{"errorCodes":[1,null,{},""],"errors":[null,7,"x",[]]}'],
		["a gateway's own JSON", '{"statusCode":404,"message":"Resource not found"}'],
	])('says nothing: %s', (_what, text) => {
		expect(parseErrorBody(parseResponseBody(text), {})).toEqual(NOTHING);
	});

	it('gives the words of a problem without a trace, but does not take it for Imburse', () => {
		expect(read({ title: 'Not Found', status: 404 })).toMatchObject({
			messages: ['Not Found'],
			isImburse: false,
		});
	});
});

describe('a code and its sentence', () => {
	it('stay together when another error has only one of the two', () => {
		const { codes, messages, errors } = read({
			errors: [
				{ message: 'The amount is wrong.' },
				{ errorCode: 'SOMETHING_NEW', message: 'Something new.' },
				{ errorCode: 'SOMETHING_ELSE' },
			],
		});
		expect(codes).toEqual(['SOMETHING_NEW', 'SOMETHING_ELSE']);
		expect(messages).toEqual(['The amount is wrong.', 'Something new.']);
		expect(errors).toEqual([
			{ code: null, message: 'The amount is wrong.' },
			{ code: 'SOMETHING_NEW', message: 'Something new.' },
			{ code: 'SOMETHING_ELSE', message: null },
		]);
	});
});

describe('hostile bodies', () => {
	const names = ['errors', 'errorCodes', 'errorCode', 'message', 'correlationId', 'trace', 'title'];
	const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom(null, '', 'CODE', '__proto__', 0, true),
			fc.array(tie('tree'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...names, 'requestId', '__proto__'), tie('tree')),
		),
	}));

	function expectTexts(text: string, headers: Record<string, string>) {
		const details = parseErrorBody(parseResponseBody(text), headers);
		for (const entry of [...details.codes, ...details.messages]) {
			expect(typeof entry).toBe('string');
		}
		expect([null, 'string']).toContain(
			details.correlationId === null ? null : typeof details.correlationId,
		);
	}

	it('give texts and never throw', () => {
		const headers = fc.dictionary(fc.string(), fc.string());
		fc.assert(fc.property(tree, headers, (body, h) => expectTexts(JSON.stringify(body), h)));
		fc.assert(fc.property(fc.string(), headers, expectTexts));
	});
});

describe('a problem of 2023', () => {
	const isOne = (body: unknown) => isProblem(parseResponseBody(JSON.stringify(body)));

	it.each([
		{ status: 400, title: 'Bad Request' },
		{ status: 503, title: '', detail: 'Later.' },
	])('is %j', (body) => {
		expect(isOne(body)).toBe(true);
	});

	it.each([
		{ status: 399, title: 'Moved' },
		{ status: '400', title: 'Bad Request' },
		{ status: 400 },
		{ status: 400, title: 7 },
		{ title: 'Bad Request' },
		{ status: 'SETTLED', title: 'Mr' },
		[{ status: 400, title: 'Bad Request' }],
		null,
		'Bad Request',
	])('is not %j', (body) => {
		expect(isOne(body)).toBe(false);
	});

	it.each([
		[{ status: 200, title: 'OK' }, true],
		[{ 'correlation-id': '0HL:7' }, true],
		[{ correlationId: '0HL:7' }, true],
		[{ correlationId: '0HL:7', orderRef: 'O-1' }, false],
		[{ status: 'ACTIVE', title: 'Mr' }, false],
		[{ metadata: {} }, false],
		[{}, false],
		[['correlationId'], false],
	])('is as little what was asked for as a bare ID: %j', (body, expected) => {
		expect(isAboutRequest(parseResponseBody(JSON.stringify(body)))).toBe(expected);
	});

	it('is nothing that is no JSON', () => {
		expect(isAboutRequest(parseResponseBody('<html></html>'))).toBe(false);
		expect(isProblem(parseResponseBody(''))).toBe(false);
		expect(isProblem(parseResponseBody('<html></html>'))).toBe(false);
	});
});

it('leaves out errors that say nothing', () => {
	const { errors } = read({ errors: [{}, { errorCode: '', message: 7 }, { message: 'No.' }] });
	expect(errors).toEqual([{ code: null, message: 'No.' }]);
});

describe('an answer with very much in it', () => {
	it('keeps the first errors, and says how many are left out', () => {
		const errorCodes = Array.from({ length: 1_000 }, (_, index) => `FIELD_${index}_IS_REQUIRED`);
		const body = parseResponseBody(JSON.stringify({ errorCodes }));
		const { codes, messages } = parseErrorBody(body, {});
		expect(codes).toEqual(errorCodes.slice(0, 50));
		expect(messages).toEqual(['(950 more errors are left out)']);
	});

	it('has its long texts cut: codes, words and IDs', () => {
		const long = 'A'.repeat(100_000);
		const json = {
			errors: [{ errorCode: `${long}_IS_REQUIRED`, message: long }],
			correlationId: long,
		};
		const { errors, correlationId } = parseErrorBody(parseResponseBody(JSON.stringify(json)), {});
		const cut = `${'A'.repeat(500)}…`;
		expect(errors).toEqual([{ code: cut, message: cut }]);
		expect(correlationId).toBe(cut);
		expect(parseErrorBody(parseResponseBody(''), { 'correlation-id': long }).correlationId).toBe(
			cut,
		);
	});
});
