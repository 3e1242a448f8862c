import { join } from 'node:path';
import { projectFolder } from '../support/folders.mts';
import { runCommand, type CommandOptions } from '../support/command.mts';

/** Runs a script below node_modules with this Node. */
export function runScript(
	script: string,
	args: string[],
	options: Omit<CommandOptions, 'cwd'> = {},
): ReturnType<typeof runCommand> {
	const path = join(projectFolder, 'node_modules', script);
	return runCommand(process.execPath, [path, ...args], { ...options, cwd: projectFolder });
}
