import { join } from 'node:path';
import { projectFolder } from '../project.mts';
import { runCommand } from '../support/command.mts';

/** Runs a script below node_modules with this Node. */
export function runScript(
	script: string,
	args: string[],
	signal?: AbortSignal,
): ReturnType<typeof runCommand> {
	const path = join(projectFolder, 'node_modules', script);
	return runCommand(process.execPath, [path, ...args], { cwd: projectFolder, signal });
}
