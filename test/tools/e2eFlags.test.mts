import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { HELP, readFlags } from '../../tools/e2e/flags.mts';
import { mainRelease, releases } from '../../tools/n8n/releases.mts';

const rest = { releases, files: [], tarball: undefined, keep: false };

describe('npm run test:e2e', () => {
	it('takes everything on each n8n when nothing is said', () => {
		expect(readFlags([])).toEqual(rest);
	});

	it('takes one n8n, some files and a package that is packed already', () => {
		const args = ['--n8n', mainRelease.version, '--tarball', 'package.json', '--keep', 'again'];
		expect(readFlags(args)).toEqual({
			releases: [mainRelease],
			files: ['again'],
			tarball: resolve('package.json'),
			keep: true,
		});
	});

	it('takes an n8n that is not known beside the known one of its generation', () => {
		const tried = { ...mainRelease, version: '2.41.99', like: mainRelease };
		expect(readFlags(['--n8n', '2.41.99'])).toEqual({ ...rest, releases: [mainRelease, tried] });
	});

	it.each(['2.41', 'latest', '^2.41.1', '', '../2.41.1', '2.41.1-rc.1'])(
		'refuses "%s" for an n8n',
		(version) => {
			expect(() => readFlags([`--n8n=${version}`])).toThrow(
				`--n8n must be a version with three numbers, such as 2.41.1, not "${version}".`,
			);
		},
	);

	it('refuses a package that is not there', () => {
		expect(() => readFlags(['--tarball', 'package/*.tgz'])).toThrow(
			`--tarball must be a file, and there is no ${resolve('package/*.tgz')}.`,
		);
	});

	it('explains itself', () => {
		expect(readFlags(['-h'])).toBe('help');
		expect(HELP).toContain('--tarball FILE');
	});
});
