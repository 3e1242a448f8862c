import { createRequire, Module } from 'node:module';
import { relative } from 'node:path';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type fastCheck from 'fast-check';
import * as circus from 'jest-circus';
import { switches } from './switches.mts';

/** What became of one test. */
export interface Tested {
	name: string;
	milliseconds: number;
	/** Why it failed. */
	error?: string;
}

type Test = Extract<circus.Event, { name: 'test_start' }>['test'];

const require = createRequire(import.meta.url);

/** jest hands this out only to tests that it runs itself. */
const globals = require.resolve('@jest/globals');
const timers = { config: { fakeTimers: {} } as never, global: globalThis };
require.cache[globals] = Object.assign(new Module(globals), {
	exports: { ...circus, expect: jestExpect, jest: new ModernFakeTimers(timers) },
	loaded: true,
});

/** A mistake that keeps a promise from ending must not take for ever. */
const TEST_TIMEOUT_MS = 20_000;

// That a test fails is enough: nobody reads the smallest example, or where it was thrown.
(require('fast-check') as typeof fastCheck).configureGlobal({ endOnFailure: true });
process.setSourceMapsEnabled(false);
Error.stackTraceLimit = 0;

/**
 * Runs the tests of a file in this process, up to the first that fails.
 *
 * @param folder the modules in it are loaded anew: some mistakes count while a module is loaded
 * @param chosen the names of those to run; all of them when it is left out
 */
export async function runTestFile(
	path: string,
	folder: string,
	chosen?: readonly string[],
): Promise<Tested[]> {
	forget(folder);
	const file = relative(folder, path);
	const stop = watch(file, chosen && new Set(chosen));
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
		stop();
	}
}

function forget(folder: string): void {
	for (const path of Object.keys(require.cache)) {
		if (path.startsWith(folder)) delete require.cache[path];
	}
}

/** Notes which test runs, and leaves out those that are not chosen, and all after one that failed. */
function watch(file: string, chosen?: ReadonlySet<string>): () => void {
	let hasFailed = false;
	const handler = (event: circus.Event): void => {
		if (event.name === 'test_done') hasFailed ||= event.test.errors.length > 0;
		if (event.name !== 'test_start') return;
		const name = [file, ...namesOf(event.test)].join(' ');
		switches.currentTestId = name;
		if (hasFailed || chosen?.has(name) === false) event.test.mode = 'skip';
	};
	circus.addEventHandler(handler);
	return () => {
		circus.removeEventHandler(handler);
		switches.currentTestId = undefined;
	};
}

function namesOf({ name, parent }: Test): string[] {
	const names = [name];
	for (let block = parent; block.parent !== undefined; block = block.parent) {
		names.unshift(block.name);
	}
	return names;
}
