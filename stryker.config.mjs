/**
 * Plants small mistakes in the rules and the wire, and asks whether the tests of the same name see
 * each of them.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: [
		'nodes/Imburse/{validation,n8n,api}/**/*.ts',
		// Tables from elsewhere, and files that hold types only.
		'!nodes/Imburse/validation/{currencies,countries,ibanLengths}.ts',
		'!nodes/Imburse/api/{errors/failure,http}.ts',
	],
	plugins: ['./tools/mutation/plugin.mjs'],
	testRunner: 'mirrored',
	coverageAnalysis: 'perTest',
	ignorePatterns: [
		'dist',
		'docs',
		'examples',
		'icons',
		'sandbox',
		'tools',
		'test/{e2e,engine,sandbox,tools}',
	],
	concurrency: 2,
	timeoutMS: 20_000,
	dryRunTimeoutMinutes: 60,
	tempDirName: '.stryker-tmp',
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
};
