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
import { reasonsOf, valueOf, violationsOf } from '../../validation/outcome.mts';

const PATH = '/management/v1/notifications/webhooks';
const URL_OF_TRIGGER = 'https://n8n.example.com/webhook/1$&?secret=a"b';

function sentBody(body: string): unknown {
	const request = valueOf(
		buildRegistrationRequest({ path: PATH, body }, SANDBOX_URL, URL_OF_TRIGGER),
	);
	return JSON.parse(request.body ?? '');
}

const CLIMBING = [
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
	it('goes to its path, with the body that was filled in', () => {
		const body = '{"url":"{URL}","events":["CHARGEBACK"]}';
		expect(buildRegistrationRequest({ path: PATH, body }, SANDBOX_URL, URL_OF_TRIGGER)).toEqual({
			ok: true,
			hints: [],
			value: {
				method: 'POST',
				url: `${SANDBOX_URL}${PATH}`,
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ url: URL_OF_TRIGGER, events: ['CHARGEBACK'] }),
			},
		});
	});

	it('has the address in the values that are texts, and nowhere else', () => {
		const body =
			'{"{URL}":"at {url}, {URL}","a":[{"b":"{Url}"},1,null,true],"__proto__":{"c":"{URL}"}}';
		expect(JSON.stringify(sentBody(body))).toBe(
			`{"{URL}":${JSON.stringify(`at ${URL_OF_TRIGGER}, ${URL_OF_TRIGGER}`)},` +
				`"a":[{"b":${JSON.stringify(URL_OF_TRIGGER)}},1,null,true],` +
				`"__proto__":{"c":${JSON.stringify(URL_OF_TRIGGER)}}}`,
		);
	});

	it.each(CLIMBING)('goes nowhere else: %p', (path) => {
		expect(violationsOf(buildRegistrationRequest({ path, body: '{}' }, SANDBOX_URL, 'x'))).toEqual([
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
				const checked = buildRegistrationRequest(
					{ path: given, body: '{}' },
					`${SANDBOX_URL}/base`,
					'x',
				);
				if (!checked.ok) return;
				const { origin, pathname } = new URL(checked.value.url);
				expect(origin).toBe(SANDBOX_URL);
				expect(pathname).toBe(`/base${given}`);
			}),
			{ numRuns: 3000 },
		);
	});

	it('is refused where its body is no JSON', () => {
		expect(
			violationsOf(
				buildRegistrationRequest({ path: PATH, body: '{\n"url": {URL}}' }, SANDBOX_URL, 'x'),
			),
		).toEqual([
			{
				field: 'Body',
				reason: 'it is no JSON: in line 2, a key in double quotes or "}" is expected',
				fix: 'Correct it, or restore the default.',
			},
		]);
	});
});

describe('the request that removes it', () => {
	it('has the ID in its path, as one part of it', () => {
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

	it('is not made without the ID', () => {
		expect(violationsOf(buildRemovalRequest(`${PATH}/{ID}`, SANDBOX_URL, null))).toEqual([
			{
				field: 'Delete Path',
				reason: 'it holds {ID}, and Imburse gave none when the address was registered',
				fix: 'Remove the address in the Tenant Portal under Developers > Webhooks.',
			},
		]);
	});

	it.each(['..', '.'])('does not climb out by the ID %p', (id) => {
		expect(reasonsOf(buildRemovalRequest(`${PATH}/{ID}`, SANDBOX_URL, id))[0]).toMatch(
			/^Delete Path: /,
		);
	});

	it.each(CLIMBING.filter((path) => path !== ''))('goes nowhere else: %p', (path) => {
		expect(buildRemovalRequest(path, SANDBOX_URL, 'a').ok).toBe(false);
	});
});

describe('what is kept of the answer', () => {
	const from = (body: unknown) =>
		toRegistration(answer(201, body), {
			url: URL_OF_TRIGGER,
			address: `${URL_OF_TRIGGER}&secret=b`,
			at: 'at',
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
		const mark = fingerprintOf(`${URL_OF_TRIGGER}&secret=b`);
		expect(from(body)).toMatchObject({ url: URL_OF_TRIGGER, mark, at: 'at', id });
	});

	it('is none of its secrets, however deep', () => {
		const hidden = 'hidden-value';
		const { answer: kept } = from({
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
	const made = {
		url: 'https://n8n.example.com/1',
		mark: '0a1b2c',
		at: 'at',
		id: 'a',
		answer: { id: 'a' },
	};

	it('is stored beside what else is stored, and forgotten', () => {
		const staticData = { events: { seen: {} } };
		writeRegistration(staticData, made);
		expect(readRegistration(JSON.parse(JSON.stringify(staticData)) as never)).toEqual(made);
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
	])('is none where %j is stored', (registration) => {
		expect(readRegistration({ registration })).toBeUndefined();
	});

	it('has no mark, no ID and no answer where they are of another kind', () => {
		const registration = { url: 'x', mark: 1, at: 'y', id: 7, answer: [] };
		expect(readRegistration({ registration })).toEqual({
			url: 'x',
			mark: '',
			at: 'y',
			id: null,
			answer: {},
		});
	});

	it('is marked by six digits that change with the secret', () => {
		const marks = ['a', 'b', 'a'].map((secret) =>
			fingerprintOf(`${URL_OF_TRIGGER}&secret=${secret}`),
		);
		expect(marks[0]).toMatch(/^[0-9a-f]{6}$/);
		expect(marks[1]).not.toBe(marks[0]);
		expect(marks[2]).toBe(marks[0]);
	});
});
