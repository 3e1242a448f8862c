import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	ENDPOINTS,
	fillPath,
	neededRoles,
	versionFor,
	type Endpoint,
	type EndpointName,
} from '../../../nodes/Imburse/api/endpoints.ts';

const TWO_IDENTIFIERS: Endpoint = {
	method: 'GET',
	path: '/{version}/order-management/{orderRef}/instruction/{instructionRef}',
	versions: ['v1', 'v2'],
	roles: ['tenant-admin'],
	certainty: 'documented',
	source: '4.1',
};

describe('the table of endpoints', () => {
	it.each(Object.entries(ENDPOINTS))('has all that is said of %s', (_name, endpoint: Endpoint) => {
		expect(endpoint.path).toMatch(/^\/(\{version\}|v[12])(\/[a-z-]+|\/\{\w+\})+$/);
		expect(endpoint.versions.length).toBeGreaterThan(0);
		expect(endpoint.roles.length).toBeGreaterThan(0);
		expect(endpoint.source).toMatch(/^4\.\d\b/);
	});
});

describe('versionFor', () => {
	it('is the chosen one where it is documented, otherwise the only one there is', () => {
		expect(versionFor(TWO_IDENTIFIERS, 'v2')).toBe('v2');
		expect(versionFor({ ...TWO_IDENTIFIERS, versions: ['v1'] }, 'v2')).toBe('v1');
		expect(versionFor({ ...TWO_IDENTIFIERS, versions: ['v2'] }, 'v1')).toBe('v2');
	});
});

describe('fillPath', () => {
	it('fills in version and identifiers', () => {
		expect(fillPath(TWO_IDENTIFIERS, 'v2', { orderRef: 'A.b_c-1', instructionRef: 'I-1' })).toBe(
			'/v2/order-management/A.b_c-1/instruction/I-1',
		);
	});

	it.each(['a/b', '../x', 'a?b=c', 'a#b', 'a\\b', '%2e%2e', 'a b', 'ä', '{version}', '...'])(
		'keeps %j in its segment',
		(orderRef) => {
			const path = fillPath(TWO_IDENTIFIERS, 'v1', { orderRef, instructionRef: 'I' });
			const url = new URL(`https://h.example${path}`);
			expect(url.pathname.split('/')).toHaveLength(6);
			expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(orderRef);
			expect(url.search + url.hash).toBe('');
		},
	);

	it.each(['', '.', '..'])('refuses %j, which would be another path', (orderRef) => {
		expect(() => fillPath(TWO_IDENTIFIERS, 'v1', { orderRef, instructionRef: 'I' })).toThrow(
			'orderRef',
		);
	});

	it('refuses an identifier that is missing', () => {
		expect(() => fillPath(TWO_IDENTIFIERS, 'v1', { orderRef: 'A' })).toThrow('instructionRef');
	});

	it('keeps every identifier in its own segment', () => {
		const dots = fc.constantFrom('.', '..', '%2e', '/', '\\', '?', '#', 'a', ' ', '\t', '\n', '@');
		const hostile = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.array(dots, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(hostile, hostile, (orderRef, instructionRef) => {
				fc.pre(!['.', '..'].includes(orderRef) && !['.', '..'].includes(instructionRef));
				const path = fillPath(TWO_IDENTIFIERS, 'v1', { orderRef, instructionRef });
				const segments = new URL(`https://h.example${path}`).pathname.split('/');
				expect(segments.map(decodeURIComponent)).toEqual([
					'',
					'v1',
					'order-management',
					orderRef,
					'instruction',
					instructionRef,
				]);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('what is the same for many calls', () => {
	it('both generations have orders', () => {
		expect(ENDPOINTS.createOrder.versions).toEqual(['v1', 'v2']);
	});

	it('writing needs a role that includes reading', () => {
		const write = ['tenant-transaction-write', 'tenant-admin'];
		expect(ENDPOINTS.createOrder.roles).toEqual(write);
		expect(ENDPOINTS.getOrder.roles).toEqual(['tenant-transaction-read', ...write]);
	});
});

it.each<[EndpointName[], string[]]>([
	[[], []],
	[['getOrder'], ['tenant-transaction-read']],
	[['createOrder'], ['tenant-transaction-write']],
	[['getOrder', 'getInstruction'], ['tenant-transaction-read']],
	[['getOrder', 'createOrder'], ['tenant-transaction-write']],
	[
		['getOrder', 'getApp'],
		['tenant-transaction-read', 'tenant-app-read'],
	],
])('for %j a key needs %j', (calls, roles) => {
	expect(neededRoles(calls)).toEqual(roles);
});
