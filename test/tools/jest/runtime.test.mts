import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { jsonParse, NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { z } from 'zod';

const node: INode = {
	id: 'a',
	name: 'A',
	type: 'a',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function thrownBy(act: () => unknown): unknown {
	try {
		return act();
	} catch (error) {
		return error;
	}
}

describe('a package and a test have the same', () => {
	it.each<[string, unknown, unknown]>([
		['Error, thrown by Node', thrownBy(() => readFileSync('/no/such/file')), Error],
		['SyntaxError, thrown by the language', thrownBy(() => jsonParse('{')), Error],
		['Error behind n8n’s errors', new NodeOperationError(node, 'no'), Error],
		['Error behind n8n’s errors of an API', new NodeApiError(node, { message: 'no' }), Error],
		['Array', jsonParse('[]'), Array],
		['Object', jsonParse('{}'), Object],
		['Buffer', readFileSync(__filename), Buffer],
		['Uint8Array', readFileSync(__filename), Uint8Array],
		['Promise', fetch('data:,'), Promise],
	])('%s', (_name, value, Class) => {
		expect(value).toBeInstanceOf(Class);
	});

	it.each<[string, () => unknown]>([
		['Error, made here', () => z.instanceof(Error).parse(new TypeError('no'))],
		['Date, made here', () => z.date().parse(new Date(0))],
		['Map, made here', () => z.instanceof(Map).parse(new Map())],
		['Promise, made here', () => z.instanceof(Promise).parse(Promise.resolve())],
	])('%s', (_name, pass) => {
		expect(pass).not.toThrow();
	});

	it('n8n-workflow, n8n-core and the nodes', () => {
		const fromN8nCore = createRequire(require.resolve('n8n-core'));
		expect(fromN8nCore('n8n-workflow')).toHaveProperty('NodeApiError', NodeApiError);
	});
});

interface Results {
	testResults: {
		name: string;
		message: string;
		assertionResults: { title: string; status: string }[];
	}[];
}

describe('test files in one process', () => {
	const { testResults } = runFiles();
	const [one, other, untidy, broken] = ['one.mts', 'other.mts', 'untidy.mts', 'broken.mts'].map(
		(name) => testResults.find((result) => basename(result.name) === name),
	);

	it('have a package in common', () => {
		const titles = [one, other].flatMap((file) => file?.assertionResults.map(({ title }) => title));
		expect(titles.sort()).toEqual(['visit 1 of a package', 'visit 2 of a package']);
	});

	it('have a module of the project each for itself', () => {
		expect([one?.message, other?.message]).toEqual(['', '']);
	});

	it('fail when they leave something behind', () => {
		expect(untidy?.message).toContain('Left behind by this file: globalThis.leftBehind');
	});

	it('fail by their own error when they break off before their tests', () => {
		expect(broken?.message).toContain('This file breaks off before its first test.');
	});
});

function runFiles(): Results {
	const args = ['--runInBand', '--json', '--testMatch', '<rootDir>/test/tools/jest/files/*.mts'];
	const { stdout } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
		encoding: 'utf8',
	});
	return JSON.parse(stdout) as Results;
}
