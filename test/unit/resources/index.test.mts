import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { ENDPOINTS, type Endpoint } from '../../../nodes/Imburse/api/endpoints.ts';
import { operationFields } from '../../../nodes/Imburse/execution/prepare/commonOptions.ts';
import type { Operation } from '../../../nodes/Imburse/operation.ts';
import { operationNamed, RESOURCES } from '../../../nodes/Imburse/resources/index.ts';
import { INSTRUCTION, LOCATION, PARAMETERS, SETTING } from './samples.mts';
import { answered, scriptedImburse, type ScriptedImburse } from './scriptedImburse.mts';

/** Fixed from the first release: workflows store them. */
const PUBLIC_NAMES = {
	paymentOrder: ['create', 'get', 'updateMetadata', 'deleteMetadata'],
	instruction: ['create', 'get', 'update', 'cancel', 'waitForStatus'],
	customer: ['get', 'updateMetadata', 'getWallet'],
	scheme: ['getAll', 'getPayoutOptions'],
	reward: ['search', 'claim'],
	app: ['getAll', 'get'],
	batch: ['get'],
	tenant: ['get'],
};

/** What a stored workflow means that names no operation: n8n leaves a default out. */
const DEFAULTS = {
	paymentOrder: 'create',
	instruction: 'create',
	customer: 'get',
	scheme: 'getAll',
	reward: 'claim',
	app: 'get',
	batch: 'get',
	tenant: 'get',
};

const OPERATIONS = RESOURCES.flatMap(({ value, operations }) =>
	operations.map((operation): [string, Operation] => [`${value}.${operation.value}`, operation]),
);

/** The endpoints of an operation, the one that it is about first. */
function endpointsOf({ calls }: Operation): [Endpoint, ...Endpoint[]] {
	const [first, ...others] = calls.map((name): Endpoint => ENDPOINTS[name]);
	return [first!, ...others];
}

function planOf(operation: Operation, changed = {}) {
	const result = operation.prepare({ ...PARAMETERS, ...changed }, SETTING);
	if (!result.ok) {
		throw new Error(`PARAMETERS in samples.mts lack something: ${JSON.stringify(result.errors)}`);
	}
	return result.value;
}

describe('the public names', () => {
	it('are those that were promised', () => {
		const names = RESOURCES.flatMap(({ value, operations }) =>
			operations.map((operation) => `${value} ${operation.value}`),
		);
		const promised = Object.entries(PUBLIC_NAMES).flatMap(([value, all]) =>
			all.map((operation) => `${value} ${operation}`),
		);
		expect(names.sort()).toEqual(promised.sort());
	});

	it('lead to their operation, and others to none', () => {
		for (const { value, operations } of RESOURCES) {
			for (const operation of operations) {
				expect(operationNamed(value, operation.value)).toBe(operation);
			}
		}
		expect(operationNamed('paymentOrder', 'void')).toBeUndefined();
		expect(operationNamed('order', 'create')).toBeUndefined();
	});

	it('mean the same where a stored workflow leaves them out', () => {
		const defaults = RESOURCES.map(({ value, defaultOperation }) => [
			value,
			defaultOperation.value,
		]);
		expect(Object.fromEntries(defaults)).toEqual(DEFAULTS);
		for (const { operations, defaultOperation } of RESOURCES) {
			expect(operations).toContain(defaultOperation);
		}
	});

	it('stand in alphabetical order in the list of each resource', () => {
		for (const { operations } of RESOURCES) {
			const names = operations.map(({ name }) => name);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
		}
	});
});

describe.each(OPERATIONS)('%s', (_, operation) => {
	it('is about the first of its calls, and makes no other than those it names', async () => {
		const { request, execute, readBack } = planOf(operation);
		expect(operation.calls[0]).toBe(request.endpoint);
		let lastUpdated = 0;
		const imburse: ScriptedImburse = scriptedImburse(({ endpoint }) => {
			lastUpdated++;
			if (endpoint === 'getRewardTransaction') return answered({ status: 'SETTLED' });
			const isCancelled = imburse.requests.some((one) => one.endpoint === 'cancelInstruction');
			if (isCancelled) return answered({ ...INSTRUCTION, status: 'VOID' });
			if (endpoint === 'getOrder') {
				return answered({ ...request.identifiers, metadata: {}, lastUpdated });
			}
			return answered({ ...INSTRUCTION, lastUpdated }, { location: LOCATION });
		});
		await execute?.(imburse);
		const made = [request, ...imburse.requests].map(({ endpoint }) => endpoint);
		const read = readBack ? [readBack.whole, ...readBack.parts].map((one) => one.request) : [];
		const all = new Set([...made, ...read.map(({ endpoint }) => endpoint)]);
		const named = new Set(operation.calls);
		expect([...all].filter((endpoint) => !named.has(endpoint))).toEqual([]);
		if (execute) expect(all).toEqual(named);
	});

	it('gives every identifier of its paths', () => {
		const { request } = planOf(operation);
		const [{ path }] = endpointsOf(operation);
		const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		expect(['version', ...Object.keys(request.identifiers ?? {})].sort()).toEqual(wanted.sort());
	});

	it('has a name in title case, an action in sentence case and a clear description', () => {
		const { name, action, description } = operation;
		const small = ['of', 'for', 'the', 'a'];
		for (const word of name.split(' ')) {
			if (!small.includes(word)) expect(word).toMatch(/^[A-Z][a-z]+$/);
		}
		expect(action).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
		const sentences = description.split(/(?<=\.)\s/).length;
		expect(description.endsWith('.')).toBe(sentences > 1);
	});

	it('says how sure its path is, and which version it always uses', () => {
		const [{ certainty, versions }] = endpointsOf(operation);
		expect(/\binferred\b/.test(operation.description)).toBe(certainty === 'inferred');
		const only = versions.length === 1 ? versions[0]?.toUpperCase() : undefined;
		const said = /Always uses API version (V\d)\./.exec(operation.description)?.[1];
		expect(said).toBe(only);
	});

	it('moves money or changes something exactly where it does not only read', () => {
		const [{ method }] = endpointsOf(operation);
		expect(operation.effect === 'reads').toBe(method === 'GET');
		if (method === 'POST') expect(operation.effect).toBe('movesMoney');
	});

	it('has field names of its own on every level', () => {
		for (const names of levelsOf(operationFields(operation))) {
			expect(new Set(names).size).toBe(names.length);
		}
	});
});

it('the list of schemes has a call for each kind', () => {
	const operation = operationNamed('scheme', 'getAll')!;
	const kinds = ['payout', 'collect'].map((schemeType) => planOf(operation, { schemeType }));
	expect(kinds.map(({ request }) => request.endpoint)).toEqual(operation.calls);
});

it('every endpoint is used by an operation', () => {
	const used = OPERATIONS.flatMap(([, { calls }]) => calls);
	expect(new Set(used)).toEqual(new Set(Object.keys(ENDPOINTS)));
});

/** The names of a level of the form, and of each level inside it. */
function levelsOf(fields: INodeProperties[]): string[][] {
	const inner = fields.flatMap(({ options = [] }) =>
		(options as Array<INodeProperties | INodePropertyCollection>).flatMap((option) =>
			'values' in option ? levelsOf(option.values) : [],
		),
	);
	const collections = fields.filter(({ type }) => type === 'collection');
	const inside = collections.flatMap(({ options }) => levelsOf(options as INodeProperties[]));
	return [fields.map(({ name }) => name), ...inner, ...inside];
}
