// Plants small mistakes in the rules and the wire, and asks whether a test sees each of them.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: [
		'nodes/Imburse/rules/*.ts',
		'nodes/Imburse/api/*.ts',
		'!nodes/Imburse/rules/{currencies,countries,ibanLengths}.ts',
	],
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: true },
	coverageAnalysis: 'perTest',
	reporters: ['clear-text', 'progress', 'json'],
	jsonReporter: { fileName: 'reports/mutation.json' },
	clearTextReporter: { allowColor: false, logTests: false },
	concurrency: 2,
	timeoutMS: 20000,
	ignoreStatic: true,
	ignorePatterns: ['dist', '.local', 'examples', 'docs', 'reports'],
	tempDirName: '.stryker-tmp',
};
