import glob from 'fast-glob';

/** What reads files of the project instead of importing them, so that any change may concern it. */
const READING = [
	'test/engine/{docs,outputSchema}.test.mts',
	'test/tools/{commands,examples,installation,lockFiles,manifest,pictures,planted,workflows}.test.mts',
	'test/tools/release/*.test.mts',
	'test/unit/architecture.test.mts',
	'test/unit/{docs,examples}/**/*.test.mts',
];

/** The paths of these tests. */
export const testsThatRead = (folder: string): Promise<string[]> =>
	glob(READING, { cwd: folder, absolute: true });
