import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import type { Linter } from 'eslint';

const PLUGIN = '@n8n/community-nodes';

/** The part of n8n's package scanner that is used; it ships without types. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	buildScanConfig(): Promise<Linter.Config[]>;
}

/** Rules to lint a package with, as flat ESLint configuration. */
export interface RuleSet {
	name: string;
	config: Linter.Config[];
}

export interface ScannerRules {
	/** The files of a source checkout that the scanner reads. */
	sourcePatterns: string[];
	ruleSets: RuleSet[];
}

/**
 * The scanner's own rules, and the same with the newer release of n8n's plugin that `npm run lint`
 * uses: the scanner will move to it.
 *
 * Two things of the environment are set: the scanner makes a temporary folder when it is loaded and
 * leaves it there, so it gets one that is removed; and one of its plugins takes NODE_ENV=test, as
 * jest sets it, for its own tests.
 *
 * @param folderForScanner where the scanner may leave its temporary folder
 */
export async function loadRules(folderForScanner: string): Promise<ScannerRules> {
	process.env.TMPDIR = folderForScanner;
	delete process.env.NODE_ENV;
	const scanner = (await import(
		// @ts-expect-error the scanner ships without types
		'@n8n/scan-community-package/scanner/scanner.mjs'
	)) as Scanner;
	const own = await scanner.buildScanConfig();
	const newer = own.map((entry) =>
		entry.plugins?.[PLUGIN] === undefined
			? entry
			: (n8nCommunityNodesPlugin.configs.recommended as Linter.Config),
	);
	return {
		sourcePatterns: scanner.SOURCE_FILE_PATTERNS,
		ruleSets: [
			{ name: `the scanner's rules (${PLUGIN} ${pluginVersion(own)})`, config: own },
			{ name: `the newer rules (${PLUGIN} ${pluginVersion(newer)})`, config: newer },
		],
	};
}

function pluginVersion(config: Linter.Config[]): string {
	const plugin = config.find((entry) => entry.plugins?.[PLUGIN] !== undefined)?.plugins?.[PLUGIN];
	if (plugin === undefined) throw new Error(`The scanner's rules no longer hold ${PLUGIN}.`);
	return plugin.meta?.version ?? 'of unknown version';
}
