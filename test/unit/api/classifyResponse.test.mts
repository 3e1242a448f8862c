import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EndpointName } from '../../../nodes/Imburse/api/endpoints.ts';
import { classifyResponse } from '../../../nodes/Imburse/api/classifyResponse.ts';
import type { HttpResponse } from '../../../nodes/Imburse/api/http.ts';
import { answer, errorAnswer } from './fixtures.mts';

const HTML = '<html><body>Sign in</body></html>';

/** The body shapes that an answer may have, by name. */
const SHAPES = {
	empty: (status: number) => answer(status),
	known: (status: number) => errorAnswer(status, ['CUSTOMER_REF_IS_REQUIRED']),
	exists: (status: number) => errorAnswer(status, ['ORDER_ALREADY_EXISTS']),
	notFound: (status: number) => errorAnswer(status, ['ORDER_NOT_FOUND']),
	unknownCode: (status: number) => errorAnswer(status, ['SOMETHING_NEW']),
	mixed: (status: number) => errorAnswer(status, ['AMOUNT_IS_REQUIRED', 'SOMETHING_NEW']),
	codes2019: (status: number) => answer(status, { errorCodes: ['AMOUNT_IS_REQUIRED'] }),
	gateway: (status: number) => answer(status, { message: 'no route matched' }),
	html: (status: number) => answer(status, HTML),
	cutOff: (status: number) => answer(status, '{"errors":[{"errorCode":"AMOUNT_IS_REQ'),
} satisfies Record<string, (status: number) => HttpResponse>;
type Shape = keyof typeof SHAPES;
const ALL = Object.keys(SHAPES) as Shape[];

function outcome(endpoint: EndpointName, status: number, shape: Shape): string {
	const classified = classifyResponse(endpoint, SHAPES[shape](status));
	return classified.ok ? 'success' : classified.outcome;
}

describe('a write', () => {
	it.each([200, 201, 202, 203, 204, 299])(
		'is a success on %d, with a body or without',
		(status) => {
			expect(classifyResponse('createOrder', answer(status))).toMatchObject({
				ok: true,
				value: null,
			});
			expect(classifyResponse('createOrder', answer(status, { orderRef: 'A' }))).toMatchObject({
				ok: true,
				value: { orderRef: 'A' },
			});
		},
	);

	it.each([
		[{ errors: [{ message: 'The tenant is closed.' }] }],
		[{ errors: ['The tenant is closed.'] }],
		[{ errorCodes: [7] }],
	])('is unknown on 200 with a list of errors without codes: %j', (body) => {
		for (const endpoint of ['createOrder', 'updateInstruction', 'claimReward'] as const) {
			expect(classifyResponse(endpoint, answer(200, body))).toMatchObject({ outcome: 'unknown' });
		}
	});

	it.each([401, 403, 429])('was refused on %d, whatever the body', (status) => {
		for (const shape of ALL) expect(outcome('createOrder', status, shape)).toBe('rejected');
	});

	it.each([
		['known', 'rejected'],
		['exists', 'rejected'],
		['notFound', 'rejected'],
		['codes2019', 'rejected'],
		['unknownCode', 'unknown'],
		['mixed', 'unknown'],
		['empty', 'unknown'],
		['gateway', 'unknown'],
		['html', 'unknown'],
		['cutOff', 'unknown'],
	] as const)('is, on 400 with the body "%s", %s', (shape, expected) => {
		expect(outcome('createOrder', 400, shape)).toBe(expected);
	});

	it.each([405, 410])("is not offered on %d, which Imburse's own form proves", (status) => {
		for (const shape of ['known', 'exists', 'notFound', 'unknownCode', 'mixed'] as const) {
			expect(outcome('createOrder', status, shape)).toBe('rejected');
		}
		for (const shape of ['empty', 'gateway', 'html', 'cutOff'] as const) {
			expect(outcome('createOrder', status, shape)).toBe('unknown');
		}
	});

	const others = [300, 301, 302, 303, 307, 308, 402, 404, 409, 415, 422, 500, 502, 503, 505];
	it.each(others)('is unknown on %d, whatever the body', (status) => {
		for (const shape of ALL) expect(outcome('createOrder', status, shape)).toBe('unknown');
	});

	it.each(['empty', 'known', 'gateway'] as const)('is read from the body "%s"', (shape) => {
		const classified = classifyResponse('createOrder', SHAPES[shape](400));
		expect(classified).toMatchObject({ ok: false, unreadable: null });
	});

	it.each([200, 201, 202, 203])('is unknown on %d with a body that cannot be read', (status) => {
		expect(classifyResponse('createOrder', answer(status, HTML))).toMatchObject({
			ok: false,
			outcome: 'unknown',
			unreadable: 'a web page',
		});
		expect(outcome('createOrder', status, 'cutOff')).toBe('unknown');
	});

	it.each(['known', 'exists', 'unknownCode', 'codes2019'] as const)(
		'is unknown on any 2xx with the error body "%s"',
		(shape) => {
			for (const status of [200, 201, 202, 203]) {
				expect(outcome('createOrder', status, shape)).toBe('unknown');
			}
		},
	);

	it('succeeds on nothing else', () => {
		const shapes = fc.constantFrom(...ALL);
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 999 }), shapes, (status, shape) => {
				const isSuccess = status >= 200 && status < 300;
				const succeeds = isSuccess && ['empty', 'gateway'].includes(shape);
				expect(outcome('createOrder', status, shape) === 'success').toBe(succeeds);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a read', () => {
	it.each([200, 201, 202, 203])('succeeds on %d with an object', (status) => {
		expect(classifyResponse('getOrder', answer(status, { orderRef: 'A' }))).toMatchObject({
			ok: true,
			value: { orderRef: 'A' },
		});
	});

	it.each(['empty', 'html', 'cutOff', 'known', 'unknownCode'] as const)(
		'has got nothing usable on 200 with the body "%s"',
		(shape) => {
			expect(outcome('getOrder', 200, shape)).toBe('unavailable');
		},
	);

	it.each(['null', '"Please sign in"', '17', 'true'])(
		'has got nothing usable on 200 with the JSON %s',
		(text) => {
			expect(classifyResponse('getOrder', answer(200, text))).toMatchObject({
				ok: false,
				outcome: 'unavailable',
			});
		},
	);

	it.each([400, 401, 402, 403, 404, 409, 410])("was refused on %d in Imburse's form", (status) => {
		expect(outcome('getOrder', status, 'notFound')).toBe('rejected');
		expect(outcome('getOrder', status, 'unknownCode')).toBe('rejected');
	});

	it.each([400, 401, 403, 404])("is unavailable on %d in a gateway's form", (status) => {
		for (const shape of ['empty', 'gateway', 'html', 'cutOff'] as const) {
			expect(outcome('getOrder', status, shape)).toBe('unavailable');
		}
	});

	it.each([200, 201, 202, 204])('is unavailable on %d without an object', (status) => {
		for (const shape of ['empty', 'known', 'html', 'cutOff'] as const) {
			expect(outcome('getOrder', status, shape)).toBe('unavailable');
		}
	});

	it.each([302, 307, 429, 500, 502, 503, 504, 505])('is unavailable on %d', (status) => {
		for (const shape of ALL) expect(outcome('getOrder', status, shape)).toBe('unavailable');
	});
});

it('takes no problem for what was asked for, whatever status it came under', () => {
	const problem = answer(200, { status: 503, title: 'Unavailable', trace: { requestId: 'R' } });
	expect(classifyResponse('getOrder', problem)).toMatchObject({
		ok: false,
		outcome: 'unavailable',
	});
	const fine = answer(200, { status: 200, title: 'OK', detail: 'Nothing that was asked for.' });
	expect(classifyResponse('getCustomer', fine)).toMatchObject({
		ok: false,
		outcome: 'unavailable',
	});
	const bareId = answer(200, { 'correlation-id': '0HL:7' });
	expect(classifyResponse('getOrder', bareId)).toMatchObject({ ok: false, outcome: 'unavailable' });
	expect(classifyResponse('updateOrderMetadata', answer(202, { correlationId: '0HL:7' })).ok).toBe(
		true,
	);
	const order = answer(200, { orderRef: 'O-1', title: 'Of its own', status: 'READY' });
	expect(classifyResponse('getOrder', order)).toMatchObject({ ok: true });
});

describe('what is handed on', () => {
	it("has Imburse's id, of a success from the header and of a failure from the body", () => {
		const headers = { 'x-correlation-id': 'HEADER' };
		expect(classifyResponse('createOrder', answer(201, '', headers))).toMatchObject({
			correlationId: 'HEADER',
		});
		expect(classifyResponse('createOrder', errorAnswer(400, ['X'], headers))).toMatchObject({
			error: { correlationId: '0HLPSRAQ7S0I6:00000002', codes: ['X'] },
		});
	});
});

describe('a write that is answered with success', () => {
	const success = (text: string) =>
		classifyResponse('createOrder', { status: 200, headers: {}, text }).ok;

	it.each(['', 'null', '{}', '{"orderRef":"A"}'])('is one with the body %j', (text) => {
		expect(success(text)).toBe(true);
	});

	it.each([
		'false',
		'"error"',
		'[]',
		'5',
		'{"errors":{"a":["b"]}}',
		'{"errors":null}',
		'{"errorCodes":[]}',
	])('is not known to be one with the body %j', (text) => {
		expect(success(text)).toBe(false);
	});

	describe.each([
		'updateInstruction',
		'deleteOrderMetadata',
		'claimReward',
		'cancelInstruction',
	] as const)('and is no create: %s', (endpoint) => {
		const isSuccess = (text: string) =>
			classifyResponse(endpoint, { status: 202, headers: {}, text }).ok;

		it.each(['', 'null', '{}', 'true', '"OK"', '[]', '5'])('is one with the body %j', (text) => {
			expect(isSuccess(text)).toBe(true);
		});

		it.each(['{"errors":{"a":["b"]}}', '{"errorCodes":[]}', 'OK'])(
			'is not known to be one with the body %j',
			(text) => {
				expect(isSuccess(text)).toBe(false);
			},
		);
	});
});

describe.each(['updateInstruction', 'deleteOrderMetadata'] as const)('a change: %s', (endpoint) => {
	it.each([401, 403, 429])('was refused on %d, whatever the body', (status) => {
		for (const shape of ALL) expect(outcome(endpoint, status, shape)).toBe('rejected');
	});

	it.each([408, 499])('is unknown on %d, which proves little', (status) => {
		for (const shape of ALL) expect(outcome(endpoint, status, shape)).toBe('unknown');
	});

	it.each([400, 404, 409, 422, 498])("was refused on %d in Imburse's own words alone", (status) => {
		for (const shape of ['known', 'exists', 'notFound', 'unknownCode'] as const) {
			expect(outcome(endpoint, status, shape)).toBe('rejected');
		}
		for (const shape of ['empty', 'gateway', 'html', 'cutOff'] as const) {
			expect(outcome(endpoint, status, shape)).toBe('unknown');
		}
	});

	it.each([302, 500, 503])('is unknown on %d, whatever the body', (status) => {
		for (const shape of ALL) expect(outcome(endpoint, status, shape)).toBe('unknown');
	});
});

function responseClass(reply: HttpResponse): string {
	const classified = classifyResponse('createOrder', reply);
	return classified.ok ? 'success' : classified.responseClass;
}

describe('the class of a response', () => {
	it.each([401, 403, 429])('is, on %d, that nothing was done, whatever the body', (status) => {
		for (const reply of [answer(status), answer(status, '<html>'), errorAnswer(status, ['X'])]) {
			expect(responseClass(reply)).toBe('notProcessed');
		}
	});

	it.each([
		[errorAnswer(400, ['ORDER_ALREADY_EXISTS'])],
		[errorAnswer(400, ['INSTRUCTION_ALREADY_EXISTS'])],
		[errorAnswer(422, ['ORDER_EXISTS'])],
		[errorAnswer(400, ['OrderAlreadyExists'])],
		[errorAnswer(500, ['DUPLICATE_ORDER_REF'])],
		[errorAnswer(400, ['AMOUNT_IS_REQUIRED', 'ORDER_ALREADY_EXISTS'])],
		[answer(400, { errorCodes: ['ORDER_ALREADY_EXISTS'] })],
		[answer(400, { title: 'Bad Request', detail: 'The order already exists.' })],
		[answer(409)],
		[answer(409, '<html>')],
	])('is that it exists: %j', (reply) => {
		expect(responseClass(reply)).toBe('alreadyExists');
	});

	it.each([
		[errorAnswer(404, ['ORDER_NOT_FOUND'])],
		[errorAnswer(404, ['SOMETHING'])],
		[errorAnswer(400, ['ORDER_NOT_FOUND'])],
	])('is that it is not there: %j', (reply) => {
		expect(responseClass(reply)).toBe('notFound');
	});

	it.each([
		[answer(404)],
		[answer(404, '<html>404</html>')],
		[answer(404, { message: 'no route matched' })],
		[answer(404, { title: 'Not Found' })],
		[answer(404, '{"errors":[{"errorCode":"ORDER_NOT_F')],
		[answer(404, '', { 'x-correlation-id': 'X' })],
		[errorAnswer(500, ['ORDER_NOT_FOUND'])],
		[errorAnswer(302, ['ORDER_NOT_FOUND'])],
	])('is not that it is not there, when a gateway may have said so: %j', (reply) => {
		expect(responseClass(reply)).toBe('unclear');
	});

	it.each([
		[errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED'])],
		[errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE'])],
		[answer(400, { errorCodes: ['SCHEME_ID_INVALID'] })],
		[errorAnswer(400, ['SCHEME_ID_NOT_SUPPORTED'])],
		[errorAnswer(400, ['SETTLED_BY_DATE_IS_REQUIRED', 'DIRECTION_IS_NOT_RECOGNISED'])],
		[errorAnswer(400, ['METADATA_DUPLICATED_KEY'])],
		[errorAnswer(400, ['METADATA_VALUE_SIZE_OUT_OF_RANGE', 'CURRENCY_NOT_SUPPORTED'])],
		[errorAnswer(400, ['EXECUTION_DATE_IS_REQUIRED'])],
		[
			answer(400, {
				errors: [{ errorCode: 'METADATA_DUPLICATED_KEY', message: 'There is a duplicate key.' }],
			}),
		],
	])('is that a field breaks a rule: %j', (reply) => {
		expect(responseClass(reply)).toBe('notProcessed');
	});

	it.each([
		[errorAnswer(400, ['SOMETHING_NEW'])],
		[errorAnswer(400, ['CUSTOMER_EXISTS_ELSEWHERE'])],
		[errorAnswer(400, ['AMOUNT_IS_REQUIRED', 'SOMETHING_NEW'])],
		[errorAnswer(402, ['AMOUNT_IS_REQUIRED'])],
		[errorAnswer(422, ['AMOUNT_IS_REQUIRED'])],
		[answer(400, { errors: [{ errorCode: 'AMOUNT_IS_REQUIRED' }, { message: 'And more.' }] })],
		[answer(400, { correlationId: 'X' })],
		[errorAnswer(400, ['ORDER_STATUS_IS_INVALID'])],
		[errorAnswer(400, ['AMOUNT_IS_INVALID', 'ORDER_NOT_SUPPORTED'])],
	])('rules out nothing: %j', (reply) => {
		expect(responseClass(reply)).toBe('objected');
	});

	it.each([
		[errorAnswer(400, ['INSTRUCTION_CANCELLED'])],
		[errorAnswer(409, ['INSTRUCTION_CANCELLED'])],
		[errorAnswer(400, ['INSTRUCTION_ALREADY_EXISTS', 'INSTRUCTION_CANCELLED'])],
	])('is that it was cancelled: %j', (reply) => {
		expect(responseClass(reply)).toBe('cancelled');
	});

	it.each([405, 410])('is, on %d in its own form, that the call is not offered', (status) => {
		expect(responseClass(errorAnswer(status, ['SERVICE_UNAVAILABLE']))).toBe('notProcessed');
		expect(responseClass(answer(status))).toBe('unclear');
	});

	it.each([301, 400, 402, 405, 410, 500, 502, 503, 504])('is unclear on a bare %d', (status) => {
		expect(responseClass(answer(status))).toBe('unclear');
		expect(responseClass(answer(status, '<html>'))).toBe('unclear');
	});
});

describe("the gateway's own problem (API reference 6, shape D)", () => {
	const problem = (status: number) =>
		answer(status, { status, title: 'No', trace: { timestamp: 1, requestId: 'R', buildId: 'B' } });

	it.each([400, 404, 405, 410, 413, 414, 415])(
		'with %d, nothing has reached the services behind it',
		(status) => {
			expect(responseClass(problem(status))).toBe('notProcessed');
			for (const endpoint of ['createOrder', 'updateInstruction'] as const) {
				expect(classifyResponse(endpoint, problem(status))).toMatchObject({ outcome: 'rejected' });
			}
		},
	);

	it('is no word on whether a thing is there', () => {
		expect(classifyResponse('getOrder', problem(404))).toMatchObject({
			outcome: 'unavailable',
			responseClass: 'notProcessed',
		});
		expect(classifyResponse('getOrder', problem(403))).toMatchObject({ outcome: 'rejected' });
	});

	it.each([500, 502, 503, 504])('with %d, something may have reached them', (status) => {
		expect(responseClass(problem(status))).toBe('unclear');
		expect(classifyResponse('createOrder', problem(status))).toMatchObject({ outcome: 'unknown' });
	});
});
