const swc = {
	jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
	module: { type: 'commonjs' },
};

/** Checks that need no n8n install. The end-to-end tests have a configuration of their own. */
module.exports = {
	testEnvironment: '<rootDir>/tools/jest/environment.cjs',
	runtime: '<rootDir>/tools/jest/runtime.cjs',
	// Nothing is taken from outside of the imports.
	injectGlobals: false,
	cacheDirectory: '<rootDir>/node_modules/.cache/jest',
	// jest leaves one processor free, which on a machine with two is half of it.
	maxWorkers: '100%',
	// For a machine that is busy with something else; no test waits for a time.
	testTimeout: 30_000,
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/.local/',
		'<rootDir>/.stryker-tmp/',
		'<rootDir>/tools/n8n/versions/',
	],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	// Looked at by `npm run coverage` alone.
	collectCoverageFrom: ['nodes/Imburse/validation/*.ts'],
	coverageThreshold: {
		global: { statements: 100, branches: 100, functions: 100, lines: 100 },
	},
	coverageReporters: ['text'],
	transform: { '\\.m?ts$': ['@swc/jest', swc] },
};
