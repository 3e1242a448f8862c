import { expect } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import { allPages, codeOf, samplesOf } from '../../unit/docs/pages.mts';

/** The commands of docs/installation.md, as they stand there. */
export interface InstallationPage {
	/** Into a container that runs. */
	intoContainer: string;
	/** The lines of the Dockerfile, by their instruction. */
	dockerfile: { instruction: string; argument: string }[];
	/** In a clone of the project, up to the tarball. */
	buildOfYourOwn: string;
	/** That tarball, without Docker. */
	tarball: string;
}

/** Reads the page. Fails when it has other blocks of code than these. */
export function installationPage(): InstallationPage {
	const page = allPages().find(({ path }) => path === 'docs/installation.md')!;
	const [intoContainer = '', buildOfYourOwn = '', tarball = ''] = samplesOf(page, 'bash');
	const [dockerfile = ''] = samplesOf(page, 'dockerfile');
	const blocks = codeOf(page).filter((code) => code.startsWith('```'));
	expect(blocks.map((block) => /^```(\w*)/.exec(block)?.[1])).toEqual([
		'bash',
		'dockerfile',
		'bash',
		'bash',
	]);
	const lines = DockerfileParser.parse(dockerfile).getInstructions();
	return {
		intoContainer,
		dockerfile: lines.map((line) => ({
			instruction: line.getKeyword(),
			argument: line.getArgumentsContent() ?? '',
		})),
		buildOfYourOwn,
		tarball,
	};
}
