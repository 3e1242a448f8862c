import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { signalGroup, startGroup } from './processGroup.mts';

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Ends the command by force, with everything that it started. */
	signal?: AbortSignal;
}

export interface CommandResult {
	/** The exit code; null when a signal ended the command. */
	code: number | null;
	/** Standard output and standard error as they came, mixed. */
	output: string;
}

/** Runs a command to its end, whatever the end is. Rejects only when it cannot be started. */
export function runCommand(
	command: string,
	args: string[],
	{ cwd, env = process.env, signal }: CommandOptions,
): Promise<CommandResult> {
	return new Promise((resolve, reject) => {
		const child = startGroup(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		endOn(signal, child);
		let output = '';
		const collect = (text: string): void => {
			output += text;
		};
		child.stdout?.setEncoding('utf8').on('data', collect);
		child.stderr?.setEncoding('utf8').on('data', collect);
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

/** Has the command end by force, with everything that it started, when the signal says so. */
function endOn(signal: AbortSignal | undefined, child: ChildProcess): void {
	if (signal === undefined) return;
	const end = (): void => signalGroup(child, 'SIGKILL');
	signal.addEventListener('abort', end);
	child.once('close', () => signal.removeEventListener('abort', end));
}

/**
 * The same, with what the command prints shown line by line as it comes, each behind a label, since
 * several may run at once. Resolves to its exit code.
 */
export function runVisibly(
	label: string,
	command: string,
	args: string[],
	{ cwd, env = process.env, signal }: CommandOptions,
): Promise<number | null> {
	return new Promise((resolve, reject) => {
		const child = startGroup(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		endOn(signal, child);
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
