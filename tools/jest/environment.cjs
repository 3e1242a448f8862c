const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { changedPlaces, takeStock } = require('./leftovers.mts');

/** Under these jest-circus keeps the tests of a file, and who listens to it. */
const OF_CIRCUS = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS']);

/**
 * The process itself, where jest would make a realm of its own for each test file. What a file leaves
 * behind would be found by the next one; so the file that has left it fails.
 */
module.exports = class Environment {
	constructor({ projectConfig }) {
		this.global = globalThis;
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		this.replacedByJest = { console: globalThis.console, exit: process.exit };
		this.stock = new Map();
		this.hasEnded = false;
	}

	/** Called by jest-circus. */
	handleTestEvent({ name }) {
		if (name === 'run_finish') this.hasEnded = true;
	}

	async setup() {
		this.stock = takeStock();
	}

	/** Loads a package. What that changes in the process stays: the package is loaded only once. */
	load(load) {
		const before = takeStock();
		const loaded = load();
		const after = takeStock();
		for (const place of changedPlaces(before, after)) this.stock.set(place, after.get(place));
		return loaded;
	}

	async teardown() {
		this.fakeTimersModern.dispose();
		const left = changedPlaces(this.stock, takeStock());
		globalThis.console = this.replacedByJest.console;
		process.exit = this.replacedByJest.exit;
		for (const key of Object.getOwnPropertySymbols(globalThis)) {
			if (OF_CIRCUS.has(key.description)) delete globalThis[key];
		}
		delete globalThis.__coverage__;
		// A file that broke off has an error of its own, and jest-circus has cleared up nothing.
		if (this.hasEnded && left.length > 0)
			throw new Error(`Left behind by this file: ${left.join(', ')}`);
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return {};
	}
};
