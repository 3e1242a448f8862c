const { transform, moduleFileExtensions, modulePathIgnorePatterns } = require('./jest.config.js');

/**
 * The tests that run on a real n8n. `npm run test:e2e` starts them, once for each n8n, and gives them
 * what they need; one after another, since they share an n8n.
 */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	modulePathIgnorePatterns,
	moduleFileExtensions,
	transform,
	maxWorkers: 1,
	verbose: true,
	// Longer than n8n may take to start, which it does before the first test of a file or in one.
	testTimeout: 360_000,
	testSequencer: '<rootDir>/test/e2e/harness/sequencer.cjs',
};
