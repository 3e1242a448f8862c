// Plain JavaScript: this file runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The bundler asks for it. */
const OLDEST_NODE = '20.19';

const projectOfThisFile = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Installs the packages that package-lock.json names, unless they are there already.
 *
 * What is installed is compared with the lock file by content, not by date: a fresh checkout, a
 * branch switched back and forth and a lock file that npm has just written are all told apart.
 *
 * @param {string} project folder that holds package.json and package-lock.json
 */
export function installDependencies(project = projectOfThisFile) {
	requireNode(process.versions.node);
	const reason = reasonToInstall(project);
	if (reason === undefined) return;

	console.log(`Installing the project's packages (${reason}) ...`);
	const started = Date.now();
	const { command, args } = npm();
	const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const result = spawnSync(command, [...args, 'ci', ...options], {
		cwd: project,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: command !== process.execPath && process.platform === 'win32',
	});
	if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
	if (result.status !== 0) {
		throw new Error('npm ci failed; its own message stands above. Mend that and run this again.');
	}
	console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function requireNode(version) {
	const [major, minor] = version.split('.').map(Number);
	const [oldestMajor, oldestMinor] = OLDEST_NODE.split('.').map(Number);
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	throw new Error(
		`Node.js ${OLDEST_NODE} or newer is needed, and this is ${version}. Install a newer one from nodejs.org and run this again.`,
	);
}

/** Why the packages have to be installed, or undefined when all of them are there. */
function reasonToInstall(project) {
	const installedFile = join(project, 'node_modules', '.package-lock.json');
	if (!existsSync(installedFile)) return 'none is there yet';
	const wanted = readPackages(join(project, 'package-lock.json'));
	const installed = readPackages(installedFile);
	const different = Object.entries(wanted).filter(
		([path, entry]) => path !== '' && !isPresent(entry, installed[path]),
	).length;
	return different === 0 ? undefined : `${different} differ from package-lock.json`;
}

/** npm leaves out optional packages of other platforms. */
function isPresent(wanted, installed) {
	if (installed === undefined) return wanted.optional === true || wanted.devOptional === true;
	return installed.version === wanted.version;
}

function readPackages(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** The npm that started this script, otherwise the one on the PATH. */
function npm() {
	const cli = process.env.npm_execpath;
	if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) {
		return { command: process.execPath, args: [cli] };
	}
	return { command: 'npm', args: [] };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
	try {
		installDependencies(process.argv[2]);
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
