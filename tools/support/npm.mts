import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';

/**
 * The path of npm: the one that started this tool, otherwise the one next to Node. Node runs it as a
 * script, since `npm` is not a program on Windows.
 */
export function npmScript(): string {
	const started = process.env.npm_execpath;
	if (started !== undefined && /npm-cli\.c?js$/.test(started)) return started;
	const nodeFolder = dirname(process.execPath);
	const besideNode = [
		join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((file) => existsSync(file));
	if (besideNode !== undefined) return besideNode;
	throw new Error('npm was not found. Start this tool through npm, for example with "npm start".');
}
