import { createRequire, Module } from 'node:module';
import { relative } from 'node:path';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import type fastCheck from 'fast-check';
import * as circus from 'jest-circus';

/** The result of one test. */
export interface TestOutcome {
	name: string;
	milliseconds: number;
	/** Why it failed. */
	error?: string;
}

/** Stryker's code reads from it which mutant is active, and writes to it which code has run. */
export const strykerContext: InstrumenterContext = {};

Object.assign(globalThis, { __stryker__: strykerContext });

type Test = Extract<circus.Event, { name: 'test_start' }>['test'];

const require = createRequire(import.meta.url);

/** jest provides this module only to tests that it runs itself. */
const globals = require.resolve('@jest/globals');
const timers = { config: { fakeTimers: {} } as never, global: globalThis };
require.cache[globals] = Object.assign(new Module(globals), {
	exports: { ...circus, expect: jestExpect, jest: new ModernFakeTimers(timers) },
	loaded: true,
});

/** A mutant may keep a promise pending for ever. */
const TEST_TIMEOUT_MS = 20_000;

// It is enough that a test fails: nobody reads the smallest example or the stack.
(require('fast-check') as typeof fastCheck).configureGlobal({ endOnFailure: true });
process.setSourceMapsEnabled(false);
Error.stackTraceLimit = 0;

/**
 * Runs the tests of a file in this process, up to the first that fails.
 *
 * @param folder its modules are loaded again: some mutants change what happens while a module loads
 * @param chosen the names of those to run; all of them when it is left out
 */
export async function runTestFile(
	path: string,
	folder: string,
	chosen?: readonly string[],
): Promise<TestOutcome[]> {
	unloadModules(folder);
	const file = relative(folder, path);
	const stopSelecting = selectTests(file, chosen && new Set(chosen));
	try {
		circus.resetState();
		circus.getState().testTimeout = TEST_TIMEOUT_MS;
		require(path);
		const { testResults, unhandledErrors } = await circus.run();
		const tested = testResults
			.filter(({ status }) => status === 'done')
			.map(({ testPath: [, ...names], duration, errors: [error] }) => ({
				name: [file, ...names].join(' '),
				milliseconds: duration ?? 0,
				error,
			}));
		return [...tested, ...unhandledErrors.map((error) => ({ name: file, milliseconds: 0, error }))];
	} catch (error) {
		return [{ name: file, milliseconds: 0, error: String(error) }];
	} finally {
		stopSelecting();
	}
}

function unloadModules(folder: string): void {
	for (const path of Object.keys(require.cache)) {
		if (path.startsWith(folder)) delete require.cache[path];
	}
}

/** Tells Stryker which test runs. Skips tests that are not chosen, and all tests after a failure. */
function selectTests(file: string, chosen?: ReadonlySet<string>): () => void {
	let hasFailed = false;
	const handler = (event: circus.Event): void => {
		if (event.name === 'test_done') hasFailed ||= event.test.errors.length > 0;
		if (event.name !== 'test_start') return;
		const name = [file, ...namesOf(event.test)].join(' ');
		strykerContext.currentTestId = name;
		if (hasFailed || chosen?.has(name) === false) event.test.mode = 'skip';
	};
	circus.addEventHandler(handler);
	return () => {
		circus.removeEventHandler(handler);
		strykerContext.currentTestId = undefined;
	};
}

function namesOf({ name, parent }: Test): string[] {
	const names = [name];
	for (let block = parent; block.parent !== undefined; block = block.parent) {
		names.unshift(block.name);
	}
	return names;
}
