import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import { ImburseApi } from '../../../credentials/ImburseApi.credentials.ts';
import { parseCredential } from '../../../nodes/Imburse/api/credential.ts';
import { ExpiredTokenError } from '../../../nodes/Imburse/api/auth/authenticateRequest.ts';
import { statusMeaning } from '../../../nodes/Imburse/api/errors/statusTable.ts';
import { writeStoredToken } from '../../../nodes/Imburse/api/auth/storedToken.ts';
import { credential, SANDBOX_URL } from '../api/fixtures.mts';

const type = new ImburseApi();
const url = `${SANDBOX_URL}/v1/tenant`;

function field(name: string): INodeProperties {
	const found = type.properties.find((property) => property.name === name);
	if (!found) throw new Error(`no field ${name}`);
	return found;
}

describe('the fields', () => {
	it('are those that are stored in credentials: none is ever renamed', () => {
		expect(type.name).toBe('imburseApi');
		expect(type.properties.map(({ name }) => name)).toEqual([
			'environment',
			'baseUrl',
			'publicKey',
			'privateKey',
			'accountId',
			'tenantId',
			'apiVersion',
			'bodyFormat',
			'tokenPath',
			'authorizationScheme',
			'webhookVerificationKey',
			'webhookPreviousVerificationKey',
			'webhookSharedSecret',
			'accessToken',
		]);
	});

	it.each([
		['environment', 'sandbox'],
		['apiVersion', 'v1'],
		['bodyFormat', 'json'],
		['tokenPath', '/v1/identity/hmac'],
		['authorizationScheme', 'Hmac'],
		['accessToken', ''],
	])('begin safely: %s is %j', (name, value) => {
		expect(field(name).default).toBe(value);
	});

	it.each([
		'privateKey',
		'webhookVerificationKey',
		'webhookPreviousVerificationKey',
		'webhookSharedSecret',
		'accessToken',
	])('keep %s from the browser', (name) => {
		expect(field(name).typeOptions?.password).toBe(true);
	});

	it.each(['environment', 'baseUrl', 'accountId', 'tenantId'])(
		'take no expression for %s',
		(name) => {
			expect(field(name).noDataExpression).toBe(true);
		},
	);

	it('let n8n empty the token', () => {
		expect(field('accessToken')).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true },
		});
	});

	it('ask for a base URL only where there is no other', () => {
		expect(field('baseUrl').displayOptions).toEqual({ show: { environment: ['custom'] } });
	});
});

describe('authenticate', () => {
	function stored(life: number): ICredentialDataDecryptedObject {
		const token = { token: 'T', renewAt: Date.now() + life };
		return { ...credential(), accessToken: writeStoredToken(token, SANDBOX_URL, credential()) };
	}

	it('leaves the credential as it is while its token works', async () => {
		const data = stored(60_000);
		const before = { ...data };
		await type.authenticate(data, { url });
		expect(data).toEqual(before);
	});

	it('drops a token that has ended: no request has gone out with it', async () => {
		const data = stored(0);
		await expect(type.authenticate(data, { url })).rejects.toThrow(ExpiredTokenError);
		expect(data.accessToken).toBe('');
	});

	it('keeps the token when it refuses a foreign host', async () => {
		const data = stored(60_000);
		const attempt = type.authenticate(data, { url: 'https://evil.example/' });
		await expect(attempt).rejects.toThrow('sends its token to');
		expect(parseCredential(data).accessToken).not.toBe('');
	});
});

describe('the test that n8n shows for an answer without a token', () => {
	const rules = (type.test.rules ?? []) as Array<{
		properties: { key?: string; value: unknown; message: string };
	}>;
	const messageFor = (value: unknown) =>
		rules.find(({ properties }) => properties.value === value)?.properties.message;
	const KEYS = 'Check the Environment and both keys';

	it.each<[number | undefined, string]>([
		[400, `Imburse refused the keys (status 400). ${KEYS}.`],
		[
			401,
			`Imburse refused the keys (status 401): it does not know them, or they belong to the other environment. ${KEYS}, and whether the clock of the machine that runs n8n is right to within five minutes.`,
		],
		[403, `Imburse refused the keys (status 403). ${KEYS}.`],
		[
			302,
			'The host redirects (status 302), which Imburse does not do: a login page or a proxy may stand in between. Check the Environment, the Base URL and the Token Path.',
		],
		[
			404,
			'There is no token call under this Token Path (status 404). Check the Base URL and the Token Path.',
		],
		[
			undefined,
			'The host answered, but not as Imburse does: the answer holds no access token. Check the Environment, the Base URL and the Token Path.',
		],
	])('says of %p', (status, message) => {
		const answered =
			status === undefined ? '' : ` Imburse answered ${status}, ${statusMeaning(status)}.`;
		expect(messageFor(status)).toBe(`${message}${answered}`);
	});
});

it.each([
	[
		'webhookVerificationKey',
		'The key that the Tenant Portal shows when a webhook is set up. Only the Imburse Trigger needs it.',
	],
	[
		'webhookPreviousVerificationKey',
		'The old verification key, which is accepted as well while you change to a new one',
	],
	[
		'webhookSharedSecret',
		'A secret that you make up and that Imburse sends in the URL or in a header. Only the Imburse Trigger needs it. n8n does not show it again: keep a copy until you have entered it in the Tenant Portal.',
	],
])('%s says what it is', (name, description) => {
	expect(field(name).description).toBe(description);
});
