import { ESLint, type Linter } from 'eslint';
import glob from 'fast-glob';

export interface LintResult {
	files: number;
	errors: number;
	warnings: number;
	/** As ESLint prints them; empty when there is none. */
	text: string;
}

/**
 * Lints a folder with the scanner's settings: no other configuration, and no comment that switches a
 * rule off. The scanner passes over warnings; they are counted here.
 */
export async function lintFolder(
	folder: string,
	patterns: string[],
	config: Linter.Config[],
): Promise<LintResult> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: config,
	});
	const files = await glob(patterns, {
		cwd: folder,
		absolute: true,
		ignore: ['node_modules/**', '**/package-lock.json'],
	});
	if (files.length === 0) throw new Error(`There is nothing to scan in ${folder}.`);
	const results = await eslint.lintFiles(files);
	const formatter = await eslint.loadFormatter('stylish');
	return {
		files: files.length,
		errors: results.reduce((sum, { errorCount }) => sum + errorCount, 0),
		warnings: results.reduce((sum, { warningCount }) => sum + warningCount, 0),
		text: await formatter.format(results),
	};
}
