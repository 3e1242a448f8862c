import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectFolder } from '../support/folders.mts';
import { runOrFail } from '../support/command.mts';

interface Program {
	/** Debian's package. */
	package: string;
	/** The program is installed when one of these files exists; a bare name is searched on the PATH. */
	files: string[];
}

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Debian keeps the programs of the server in folders by version, some with the client alone. */
function debianInitdbs(): string[] {
	if (!existsSync(POSTGRES_VERSIONS)) return [];
	return readdirSync(POSTGRES_VERSIONS).map((version) =>
		join(POSTGRES_VERSIONS, version, 'bin', 'initdb'),
	);
}

/** What the tests of the editor and of queue mode need besides n8n. */
const PROGRAMS: readonly Program[] = [
	{ package: 'chromium', files: ['/usr/bin/chromium', 'chromium-browser', 'google-chrome'] },
	{ package: 'postgresql', files: [...debianInitdbs(), 'initdb'] },
	{ package: 'redis-server', files: ['redis-server'] },
];

/**
 * Installs the programs that are missing, where that is possible: as root on Debian and its like.
 * Elsewhere the tests that need one say which.
 */
export async function ensurePrograms(): Promise<void> {
	const missing = PROGRAMS.filter((program) => !program.files.some(isInstalled)).map(
		(program) => program.package,
	);
	if (missing.length === 0) return;
	if (process.getuid?.() !== 0 || !isInstalled('apt-get')) {
		console.log(`Not on this machine: ${missing.join(', ')}. Tests that need them will fail.`);
		return;
	}
	console.log(`Installing ${missing.join(', ')} ...`);
	await aptGet(['update']);
	await aptGet(['install', '-y', '--no-install-recommends', ...missing]);
}

async function aptGet(args: string[]): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await runOrFail('apt-get', ['-q', ...args], { cwd: projectFolder, env });
}

function isInstalled(file: string): boolean {
	if (file.startsWith('/')) return existsSync(file);
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.some((folder) => folder !== '' && existsSync(join(folder, file)));
}
