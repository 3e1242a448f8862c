import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { signalGroup, startGroup } from './processGroup.mts';

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Kills the command and everything that it has started. */
	signal?: AbortSignal;
	/** Is told each line of standard error as it comes. */
	onErrorLine?: (line: string) => void;
}

export interface CommandResult {
	/** The exit code; null when a signal ended the command. */
	code: number | null;
	/** Standard output and standard error, mixed as they came. */
	output: string;
}

/** Runs a command to its end, whatever the end is. Rejects only when it cannot be started. */
export function runCommand(
	command: string,
	args: string[],
	{ cwd, env = process.env, signal, onErrorLine }: CommandOptions,
): Promise<CommandResult> {
	return new Promise((resolve, reject) => {
		const child = startGroup(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		killOnAbort(signal, child);
		let output = '';
		const collect = (text: string): void => {
			output += text;
		};
		child.stdout?.setEncoding('utf8').on('data', collect);
		child.stderr?.setEncoding('utf8').on('data', collect);
		if (onErrorLine && child.stderr) {
			createInterface({ input: child.stderr }).on('line', onErrorLine);
		}
		child.on('error', (error) => {
			reject(new Error(`"${command}" could not be started: ${error.message}`));
		});
		child.on('close', (code) => resolve({ code, output }));
	});
}

/** The same, for a command that has to succeed. Rejects with what it printed. */
export async function runOrFail(
	command: string,
	args: string[],
	options: CommandOptions,
): Promise<string> {
	const { code, output } = await runCommand(command, args, options);
	if (code === 0) return output;
	const line = [command, ...args].join(' ');
	throw new Error(`"${line}" ended with ${code ?? 'a signal'}:\n${output.trimEnd()}`);
}

/** Kills the command and everything that it has started when the signal aborts. */
function killOnAbort(signal: AbortSignal | undefined, child: ChildProcess): void {
	if (signal === undefined) return;
	const end = (): void => signalGroup(child, 'SIGKILL');
	signal.addEventListener('abort', end);
	child.once('close', () => signal.removeEventListener('abort', end));
}

/**
 * Runs a command and prints its output line by line, each line with a label, since several commands
 * may run at once. Resolves to the exit code.
 */
export function runWithOutput(
	label: string,
	command: string,
	args: string[],
	{ cwd, env = process.env, signal }: CommandOptions,
): Promise<number | null> {
	return new Promise((resolve, reject) => {
		const child = startGroup(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		killOnAbort(signal, child);
		for (const input of [child.stdout, child.stderr]) {
			if (input === null) continue;
			createInterface({ input }).on('line', (line) => console.log(`${label} | ${line}`));
		}
		child.on('error', (error) => {
			reject(new Error(`"${command}" could not be started: ${error.message}`));
		});
		child.on('close', (code) => resolve(code));
	});
}
