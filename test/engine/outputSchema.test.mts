import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { RESOURCES } from '../../nodes/Imburse/resources/index.ts';
import { everyOperation, type Step } from '../support/everyOperation.mts';
import { useIdleClock } from '../support/idleClock.mts';
import { startImburse } from './support/imburse.mts';

useIdleClock();

const FOLDER = 'nodes/Imburse/__schema__/v1.0.0';
const ROOT = join(__dirname, '../..');

/** As far as the files use it. */
interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** `<resource> <operation>`. */
const OPERATIONS = RESOURCES.flatMap(({ value, operations }) =>
	operations.map((operation) => `${value} ${operation.value}`),
);

/**
 * What the sandbox makes up because nobody has published it (API reference 4.4 to 4.6) is not offered:
 * a field that Imburse turns out to lack would stand empty in somebody's workflow.
 */
const UNPUBLISHED: Readonly<Record<string, readonly string[]>> = {
	'app get': ['isInstalled'],
	'app getAll': ['isInstalled'],
	'reward search': ['name', 'appId', 'countries', 'isActive'],
	'scheme getAll': ['drafts[].lastModified'],
	'scheme getPayoutOptions': ['name', 'appId', 'countries', 'isActive'],
};

/** What came out of each operation on the two versions of the API, item by item. */
const outputs = new Map<string, unknown[]>();

beforeAll(async () => {
	for (const apiVersion of ['v1', 'v2']) await runAll(apiVersion);
});

async function runAll(apiVersion: string): Promise<void> {
	const imburse = await startImburse({
		sandbox: { rewardSettlingReads: 0 },
		credential: { apiVersion },
		credentialId: apiVersion,
	});
	try {
		for (const step of everyOperation(imburse.sandbox.options)) {
			const [name] = step;
			outputs.set(name, [...(outputs.get(name) ?? []), ...(await outputOf(step))]);
		}
	} finally {
		await imburse.stop();
	}

	async function outputOf([name, parameters]: Step): Promise<unknown[]> {
		const [resource = '', operation = ''] = name.split(' ');
		const run = await imburse.run({ ...parameters, resource, operation });
		if (run.error) throw new Error(`${name}: ${run.error.message}`, { cause: run.error });
		return run.success.map(({ json }) => json);
	}
}

const fileOf = (name: string): string => `${FOLDER}/${name.replace(' ', '/')}.json`;

/** One that is not there offers nothing. */
function schemaOf(file: string): Schema {
	const path = join(ROOT, file);
	if (!existsSync(path)) return { type: 'object', properties: {} };
	return JSON.parse(readFileSync(path, 'utf8')) as Schema;
}

const missing = (place: string): string => `add "${place}", which always comes out`;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of JSON schema, as far as they differ from JavaScript's. */
const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/** Where a schema and what came out do not agree; what the schema leaves open may be anything. */
function problems({ properties, items }: Schema, samples: unknown[], path = ''): string[] {
	if (items) return problems(items, samples.flat(), `${path}[]`);
	const objects = samples.filter(isObject);
	if (!properties || objects.length === 0) return [];
	const names = new Set([...Object.keys(properties), ...objects.flatMap(Object.keys)]);
	return [...names].flatMap((name) => {
		const found = objects.filter((one) => one[name] !== undefined).map((one) => one[name]);
		const place = path === '' ? name : `${path}.${name}`;
		const offered = properties[name];
		if (offered) return fieldProblems(offered, found, place);
		return found.length === objects.length ? [missing(place)] : [];
	});
}

function fieldProblems(offered: Schema, found: unknown[], place: string): string[] {
	if (found.length === 0) return [`take "${place}" out, which never comes out`];
	const types = new Set(found.filter((value) => value !== null).map(typeOf));
	const others = [...types].filter((type) => type !== offered.type);
	if (others.length > 0) return [`"${place}" is ${others.join(' or ')}, not ${offered.type}`];
	return problems(offered, found, place);
}

it('there is one run of every operation', () => {
	// One is added in test/support/everyOperation.mts, which the tests in a real n8n run, too.
	expect([...outputs.keys()].sort()).toEqual([...OPERATIONS].sort());
});

it('there is no schema without an operation', () => {
	const files = readdirSync(join(ROOT, FOLDER), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.json'))
		.map((path) => `${FOLDER}/${path.replaceAll('\\', '/')}`);
	expect(files.filter((file) => !OPERATIONS.map(fileOf).includes(file))).toEqual([]);
});

describe('what the editor offers before the first run is what comes out', () => {
	it.each(OPERATIONS)('of %s', (name) => {
		const file = fileOf(name);
		const expected = (UNPUBLISHED[name] ?? []).map(missing);
		expect({ [file]: problems(schemaOf(file), outputs.get(name) ?? []) }).toEqual({
			[file]: expected,
		});
	});
});
