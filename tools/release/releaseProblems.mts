import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changelogProblems } from './changelog.mts';
import { placeholdersIn } from './placeholders.mts';

/** What a release is made as; what is not given is not compared. */
export interface ReleaseRequest {
	/** The tag in git. */
	tag?: string;
	/** `owner/name` on GitHub. npm refuses a provenance statement of another one. */
	repository?: string;
}

interface Manifest {
	version: string;
	repository?: { url?: string };
}

/** A release, not a version for trying out: n8n and npm hand the newest one to everybody. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Everything that keeps the package in a folder from being published, one sentence each. */
export async function releaseProblems(
	folder: string,
	{ tag, repository }: ReleaseRequest,
): Promise<string[]> {
	const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
	const manifest = JSON.parse(await read('package.json')) as Manifest;
	const lock = JSON.parse(await read('package-lock.json')) as Manifest;
	const { version } = manifest;
	const problems: string[] = [];
	if (!VERSION.test(version)) {
		problems.push(`package.json has the version ${version}: a release has three numbers.`);
	}
	if (lock.version !== version) {
		problems.push(
			`package-lock.json has the version ${lock.version}, and package.json ${version}: run "npm install".`,
		);
	}
	if (tag !== undefined && tag !== `v${version}`) {
		problems.push(`The tag is ${tag}, and package.json asks for v${version}.`);
	}
	return [
		...problems,
		...repositoryProblems(manifest.repository?.url, repository),
		...changelogProblems(await read('CHANGELOG.md'), version),
		...(await placeholdersIn(folder)).map(
			({ what, file, line }) =>
				`${file}:${line} holds a placeholder (${what}): see "Before the first release" in CONTRIBUTING.md.`,
		),
	];
}

function repositoryProblems(url: string | undefined, repository: string | undefined): string[] {
	if (repository === undefined || url === `git+https://github.com/${repository}.git`) return [];
	return [
		`package.json names the repository ${url ?? '(none)'}, and this is git+https://github.com/${repository}.git.`,
	];
}
