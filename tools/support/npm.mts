import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';

/**
 * The npm to use: the one that started this tool, otherwise the one that lies beside Node. It is run
 * as a script with Node itself, since `npm` is no program on Windows.
 */
export function npmScript(): string {
	const started = process.env.npm_execpath;
	if (started !== undefined && /npm-cli\.c?js$/.test(started)) return started;
	const home = dirname(process.execPath);
	const besideNode = [
		join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(home, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((file) => existsSync(file));
	if (besideNode !== undefined) return besideNode;
	throw new Error('npm was not found. Start this tool through npm, for example with "npm start".');
}
