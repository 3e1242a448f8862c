import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { releaseOf, releases, type N8nRelease } from '../n8n/releases.mts';

export interface E2eFlags {
	releases: N8nRelease[];
	/** jest's patterns: only test files whose path matches one of them; all when there is none. */
	files: string[];
	/** The packed package to test; undefined for one of the sources as they are now. */
	tarball: string | undefined;
	/** Whether n8n's data and logs are kept for a look afterwards. */
	keep: boolean;
}

export const HELP = `npm run test:e2e                          all end-to-end tests, on each n8n
npm run test:e2e -- --n8n ${releases[0].version}           on one n8n
npm run test:e2e -- --n8n 2.99.0          on an n8n that is not known here, beside the known one of
                                          its generation, and says where the two differ
npm run test:e2e -- errorOutput again     only files with "errorOutput" or "again" in their path
npm run test:e2e -- --tarball FILE        a package that is packed already
npm run test:e2e -- --keep                keep n8n's data and logs also when nothing has failed
npm run test:e2e -- --help                this text

What is missing is installed first: each n8n once into the cache folder, some minutes each, and as
root on Debian the browser, PostgreSQL and Redis.`;

/** Throws an Error that says what is not understood. */
export function readFlags(args: readonly string[]): E2eFlags | 'help' {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			help: { type: 'boolean', short: 'h' },
			keep: { type: 'boolean' },
			n8n: { type: 'string' },
			tarball: { type: 'string' },
		},
	});
	if (values.help) return 'help';
	const { n8n, keep = false } = values;
	const tarball = values.tarball === undefined ? undefined : resolve(values.tarball);
	if (tarball !== undefined && !existsSync(tarball)) {
		throw new Error(`--tarball must be a file, and there is no ${tarball}.`);
	}
	return { releases: chosenReleases(n8n), files: positionals, tarball, keep };
}

/** A version that is tried comes after the known one that it is compared with. */
function chosenReleases(version: string | undefined): N8nRelease[] {
	if (version === undefined) return releases;
	if (!/^\d+\.\d+\.\d+$/.test(version)) {
		throw new Error(
			`--n8n must be a version with three numbers, such as 2.41.1, not "${version}".`,
		);
	}
	const release = releaseOf(version);
	return release.like === undefined ? [release] : [release.like, release];
}
