import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	deleteRegistration,
	fingerprintOf,
	readRegistration,
	toRegistration,
	buildRegistrationRequest,
	buildRemovalRequest,
	writeRegistration,
} from '../../../../nodes/Imburse/webhook/register/registration.ts';
import { answer, SANDBOX_URL } from '../../api/fixtures.mts';
import { reasonsOf, valueOf, errorsOf } from '../../validation/outcome.mts';

const PATH = '/management/v1/notifications/webhooks';
const CALLBACK_URL = 'https://n8n.example.com/webhook/1$&?secret=a"b';

function sentBody(body: string): unknown {
	const request = valueOf(
		buildRegistrationRequest({ path: PATH, body }, SANDBOX_URL, CALLBACK_URL),
	);
	return JSON.parse(request.body ?? '');
}

const INVALID_PATHS = [
	'',
	'management',
	'//evil.example/x',
	'/\\evil.example',
	'https://evil.example/x',
	'@evil.example/x',
	'.evil.example/x',
	':80/x',
	'/a/../b',
	'/..',
	'/./a',
	'/%2e%2e/a',
	'/.%2E/a',
	'/%2e/a',
	'/a//b',
	'/a?x=1',
	'/a#x',
	'/a b',
	'/a\n',
	'/a@b',
	'/a:b',
	'/ä',
];

describe('the request that registers an address', () => {
	it('goes to its path, with the body that the user filled in', () => {
		const body = '{"url":"{URL}","events":["CHARGEBACK"]}';
		expect(buildRegistrationRequest({ path: PATH, body }, SANDBOX_URL, CALLBACK_URL)).toEqual({
			ok: true,
			hints: [],
			value: {
				method: 'POST',
				url: `${SANDBOX_URL}${PATH}`,
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ url: CALLBACK_URL, events: ['CHARGEBACK'] }),
			},
		});
	});

	it('contains the URL in the values that are texts, and nowhere else', () => {
		const body =
			'{"{URL}":"at {url}, {URL}","a":[{"b":"{Url}"},1,null,true],"__proto__":{"c":"{URL}"}}';
		expect(JSON.stringify(sentBody(body))).toBe(
			`{"{URL}":${JSON.stringify(`at ${CALLBACK_URL}, ${CALLBACK_URL}`)},` +
				`"a":[{"b":${JSON.stringify(CALLBACK_URL)}},1,null,true],` +
				`"__proto__":{"c":${JSON.stringify(CALLBACK_URL)}}}`,
		);
	});

	it.each(INVALID_PATHS)('goes nowhere else: %p', (path) => {
		expect(errorsOf(buildRegistrationRequest({ path, body: '{}' }, SANDBOX_URL, 'x'))).toEqual([
			{
				field: 'Path',
				reason: expect.stringMatching(/ is not a path that begins with "\/"$/),
				fix: `Enter a path such as ${PATH}.`,
			},
		]);
	});

	it('goes to Imburse’s host, or is refused', () => {
		const path = fc.oneof(
			fc.string(),
			fc
				.array(fc.constantFrom('/', '.', '..', '%2e', '%2F', '\\', '@', ':', 'a', '?', '#', '%'))
				.map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(path, (given) => {
				const request = buildRegistrationRequest(
					{ path: given, body: '{}' },
					`${SANDBOX_URL}/base`,
					'x',
				);
				if (!request.ok) return;
				const { origin, pathname } = new URL(request.value.url);
				expect(origin).toBe(SANDBOX_URL);
				expect(pathname).toBe(`/base${given}`);
			}),
			{ numRuns: 3000 },
		);
	});

	it('is refused where a key comes twice', () => {
		const body = '{"url": "{URL}", "filter": {"a": 1,\n"a": 2}}';
		expect(reasonsOf(buildRegistrationRequest({ path: PATH, body }, SANDBOX_URL, 'x'))).toEqual([
			'Body: the key "a" comes again at line 2, character 1',
		]);
	});

	it('is refused where its body is no JSON', () => {
		expect(
			errorsOf(
				buildRegistrationRequest({ path: PATH, body: '{\n"url": {URL}}' }, SANDBOX_URL, 'x'),
			),
		).toEqual([
			{
				field: 'Body',
				reason:
					'the JSON breaks off at line 2, character 9: there is "U" where a key in double quotes or "}" belongs',
				fix: 'Correct it, or restore the default.',
			},
		]);
	});
});

describe('the request that removes it', () => {
	it('contains the ID as one segment of its path', () => {
		expect(buildRemovalRequest(`${PATH}/{ID}`, SANDBOX_URL, 'a-1')).toEqual({
			ok: true,
			hints: [],
			value: { method: 'DELETE', url: `${SANDBOX_URL}${PATH}/a-1`, headers: {} },
		});
		expect(valueOf(buildRemovalRequest(`${PATH}/{id}`, SANDBOX_URL, 'a/b?c')).url).toBe(
			`${SANDBOX_URL}${PATH}/a%2Fb%3Fc`,
		);
		expect(valueOf(buildRemovalRequest(PATH, SANDBOX_URL, null)).url).toBe(`${SANDBOX_URL}${PATH}`);
	});

	it('is not built without the ID', () => {
		expect(errorsOf(buildRemovalRequest(`${PATH}/{ID}`, SANDBOX_URL, null))).toEqual([
			{
				field: 'Delete Path',
				reason: 'it holds {ID}, and Imburse gave none when the address was registered',
				fix: 'Remove the address in the Tenant Portal under Developers > Webhooks.',
			},
		]);
	});

	it.each(['..', '.'])('does not leave its path by the ID %p', (id) => {
		expect(reasonsOf(buildRemovalRequest(`${PATH}/{ID}`, SANDBOX_URL, id))[0]).toMatch(
			/^Delete Path: /,
		);
	});

	it.each(INVALID_PATHS.filter((path) => path !== ''))('goes nowhere else: %p', (path) => {
		expect(buildRemovalRequest(path, SANDBOX_URL, 'a').ok).toBe(false);
	});
});

describe('what is stored of the response', () => {
	const from = (body: unknown) =>
		toRegistration(answer(201, body), {
			url: CALLBACK_URL,
			callbackUrl: `${CALLBACK_URL}&secret=b`,
			endpoint: 'at',
		});

	it.each([
		[{ id: 'a' }, 'a'],
		[{ webhookId: 'b' }, 'b'],
		[{ subscriptionId: 'c' }, 'c'],
		[{ id: 17 }, '17'],
		[{ id: null, webhookId: 'b' }, 'b'],
		[{ id: '', subscriptionId: 'c' }, 'c'],
		[{ id: ' ' }, null],
		[{ id: '' }, null],
		[{ id: {} }, null],
		[{ id: 1.5 }, null],
		[{ data: { id: 'a' } }, null],
		[{}, null],
		[[{ id: 'a' }], null],
		['no JSON', null],
		['', null],
	])('of %j is the ID %j', (body, id) => {
		const fingerprint = fingerprintOf(`${CALLBACK_URL}&secret=b`);
		expect(from(body)).toMatchObject({ url: CALLBACK_URL, fingerprint, endpoint: 'at', id });
	});

	it('contains none of its secrets, at any depth', () => {
		const hidden = 'hidden-value';
		const { response: kept } = from({
			id: 'a',
			status: 'ACTIVE',
			verificationKey: hidden,
			signing_secret: hidden,
			accessToken: hidden,
			Signature: hidden,
			password: hidden,
			hmac: hidden,
			authorization: hidden,
			credential: hidden,
			webhook: { verificationKey: hidden, id: 'x', inner: { value: hidden } },
			list: [{ key: hidden }, hidden],
		});
		expect(kept).toEqual({ id: 'a', status: 'ACTIVE' });
		expect(JSON.stringify(kept)).not.toContain(hidden);
	});
});

describe('a registration', () => {
	const registration = {
		url: 'https://n8n.example.com/1',
		fingerprint: '0a1b2c',
		endpoint: 'at',
		id: 'a',
		response: { id: 'a' },
	};

	it('is stored and deleted, and leaves what else is stored', () => {
		const staticData = { events: { seen: {} } };
		writeRegistration(staticData, registration);
		expect(readRegistration(JSON.parse(JSON.stringify(staticData)) as never)).toEqual(registration);
		deleteRegistration(staticData);
		expect(staticData).toEqual({ events: { seen: {} } });
	});

	it.each([
		[undefined],
		[null],
		['text'],
		[[]],
		[{}],
		[{ url: 'x' }],
		[{ at: 'x' }],
		[{ url: 1, at: 'x' }],
	])('is none where %j is stored', (stored) => {
		expect(readRegistration({ registration: stored })).toBeUndefined();
	});

	it('has no fingerprint, no ID and no response where they are of another type', () => {
		const stored = { url: 'x', mark: 1, at: 'y', id: 7, answer: [] };
		expect(readRegistration({ registration: stored })).toEqual({
			url: 'x',
			fingerprint: '',
			endpoint: 'y',
			id: null,
			response: {},
		});
	});

	it('keeps the keys under which it is stored', () => {
		const staticData = {};
		writeRegistration(staticData, registration);
		expect(staticData).toEqual({
			registration: {
				url: 'https://n8n.example.com/1',
				mark: '0a1b2c',
				at: 'at',
				id: 'a',
				answer: { id: 'a' },
			},
		});
	});

	it('has a fingerprint of six digits that changes with the secret', () => {
		const fingerprints = ['a', 'b', 'a'].map((secret) =>
			fingerprintOf(`${CALLBACK_URL}&secret=${secret}`),
		);
		expect(fingerprints[0]).toMatch(/^[0-9a-f]{6}$/);
		expect(fingerprints[1]).not.toBe(fingerprints[0]);
		expect(fingerprints[2]).toBe(fingerprints[0]);
	});
});
