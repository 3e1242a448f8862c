import { join } from 'node:path';
import { ensurePacked } from '../package.mts';
import { checkCacheFolder, projectFolder } from '../support/folders.mts';
import type { Check, Outcome } from './check.mts';
import { ONE_FAILED, ONE_PASSED } from './counts.mts';
import { jestCheck } from './jest.mts';
import { remembered } from './remembered.mts';
import { runScript } from './script.mts';

/** What counts for every check that is remembered. */
const COUNT_FOR_ALL = ['package.json', 'package-lock.json', 'tools/test/**'];
const PACKAGE = ['nodes/**', 'credentials/**', 'icons/**', '*.{js,json,mjs,md}'];

const lintOfTheRest = nodeCheck('lint of the rest', '../tools/run.mjs', ['tools/lint.mts']);

const typesOfTheRest = memorable(
	nodeCheck('types of the rest', 'typescript/bin/tsc', ['--project', 'tsconfig.dev.json']),
	['**/*.{ts,mts}', 'tsconfig*.json'],
);

/** The build shows the same. */
const typesOfThePackage = memorable(
	nodeCheck('types of the package', 'typescript/bin/tsc', []),
	PACKAGE,
);

const formatting = memorable(
	nodeCheck('formatting', 'prettier/bin/prettier.cjs', [
		'--check',
		'--cache',
		'--cache-strategy=content',
		`--cache-location=${join(checkCacheFolder, 'prettier.json')}`,
		'.',
	]),
	['**/*'],
);

const scanner = memorable(
	nodeCheck('n8n’s package scanner', '../tools/run.mjs', ['tools/scan.mts']),
	[...PACKAGE, 'tools/**'],
);

const lintOfThePackage = memorable(
	nodeCheck('lint of the package', 'eslint/bin/eslint.js', [
		'--max-warnings=0',
		'--ignore-pattern=.local/',
		'.',
	]),
	[...PACKAGE, '**/*.{js,cjs,mjs}'],
);

/** The tests of the rules once more: counting would make the run of all tests slower. */
const coverageOfTheRules = memorable(
	nodeCheck('coverage of the rules', 'jest/bin/jest.js', [
		'--coverage',
		'--maxWorkers=1',
		'test/unit/validation/',
	]),
	['nodes/Imburse/validation/**', 'test/unit/validation/**', 'tools/jest/**', 'jest.config.js'],
);

/** What is checked of all that there is: groups that run one after another, each side by side. */
export const allChecks: Check[][] = [
	// The scanner looks at what this makes.
	[{ name: 'build and pack', run: buildOutcome }],
	// jest takes all processors, and leaves them idle now and then; the others take that time.
	[
		jestCheck('all'),
		lintOfTheRest,
		typesOfTheRest,
		scanner,
		formatting,
		lintOfThePackage,
		coverageOfTheRules,
	],
];

/** The same of what has changed since the last commit, without the package that is made of it. */
export const checksOfChanges: Check[][] = [
	[
		jestCheck('changed'),
		lintOfTheRest,
		typesOfTheRest,
		typesOfThePackage,
		formatting,
		lintOfThePackage,
	],
];

function memorable(check: Check, inputs: string[]): Check {
	const memory = { folder: projectFolder, notes: join(checkCacheFolder, 'passed') };
	return remembered(check, { ...memory, inputs: [...inputs, ...COUNT_FOR_ALL] });
}

/** A script below node_modules that says with its exit code whether all is right. */
function nodeCheck(name: string, script: string, args: string[]): Check {
	const run = async (): Promise<Outcome> => {
		const { code, output } = await runScript(script, args);
		return { counts: code === 0 ? ONE_PASSED : ONE_FAILED, output };
	};
	return { name, run };
}

/** The package is made anew only when something of it has changed. */
async function buildOutcome(): Promise<Outcome> {
	try {
		return { counts: ONE_PASSED, output: await ensurePacked() };
	} catch (error) {
		return { counts: ONE_FAILED, output: error instanceof Error ? error.message : String(error) };
	}
}
