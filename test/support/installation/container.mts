import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand, type CommandResult } from '../../../tools/support/command.mts';

/** The home of the user `node` in n8n's image. */
const HOME = '/home/node';

/**
 * Stands in for Docker and knows what docs/installation.md asks of it: it runs a command in the
 * container `n8n` as the user `node`, which here is a process of this machine, and takes note of a
 * restart. Whatever else it is asked for fails.
 */
const DOCKER = `#!/bin/sh
case "$*" in
	"exec --user node n8n "*) shift 4; exec "$@" ;;
	"restart n8n") echo "$*" >> "$DOCKER_CALLS" ;;
	*) echo "not known here: docker $*" >&2; exit 64 ;;
esac
`;

/** A folder in place of a container of n8n. */
export interface Container {
	/** In place of `/home/node`. n8n's own folder is `.n8n` in it. */
	home: string;
	/**
	 * Runs commands in a shell until one fails, with npm's registry and the stand-in for Docker.
	 *
	 * @param commands as the page has them; the folder stands where they say `/home/node`
	 * @param cwd where they are run: the home, unless it is said
	 */
	run(commands: string, cwd?: string): Promise<CommandResult>;
	/** What Docker was asked for beside commands in the container. */
	dockerCalls(): Promise<string[]>;
}

/**
 * @param folder an empty one, for the home, the stand-in for Docker, and npm's cache
 * @param registry the npm registry that npm asks when a command names none
 * @param path where npm and Node are found
 */
export async function containerIn(
	folder: string,
	registry: string,
	path = process.env.PATH ?? '',
): Promise<Container> {
	const home = join(folder, 'home');
	const programs = join(folder, 'programs');
	const calls = join(folder, 'docker-calls');
	await Promise.all([home, programs].map((each) => mkdir(each, { recursive: true })));
	await writeFile(join(programs, 'docker'), DOCKER, { mode: 0o755 });
	// Nothing else of the environment: npm that has started the tests leaves its settings in it.
	const env = {
		PATH: `${programs}${delimiter}${path}`,
		HOME: home,
		DOCKER_CALLS: calls,
		npm_config_registry: registry,
		npm_config_cache: join(folder, 'npm-cache'),
	};
	return {
		home,
		run: (commands, cwd = home) =>
			runCommand('sh', ['-e', '-c', commands.replaceAll(HOME, home)], { cwd, env }),
		dockerCalls: async () => {
			const text = await readFile(calls, 'utf8').catch(() => '');
			return text.split('\n').filter((line) => line !== '');
		},
	};
}
