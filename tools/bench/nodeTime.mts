import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Imburse } from '../../nodes/Imburse/Imburse.node.ts';
import { runOrFail } from '../support/command.mts';
import { projectFolder } from '../support/folders.mts';
import { npmScript } from '../support/npm.mts';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * Measures while the node itself is at work, without n8n's part before and after it. The node is the
 * built one, which people run: in the source as tests load it, each function is given its name anew
 * whenever it is made.
 *
 * @param watch begins to measure, and gives what ends it
 * @param run in which the node runs once
 */
export async function whileNodeRuns<T>(watch: () => () => T, run: () => Promise<void>): Promise<T> {
	built ??= buildNode();
	const execute = await built;
	const own = Reflect.get<object, string>(Imburse.prototype, 'execute') as Execute;
	let measured: T | undefined;
	Imburse.prototype.execute = async function () {
		const stop = watch();
		try {
			return await execute.call(this);
		} finally {
			measured = stop();
		}
	};
	try {
		await run();
	} finally {
		Imburse.prototype.execute = own;
	}
	if (measured === undefined) throw new Error('The node has not run.');
	return measured;
}

let built: Promise<Execute> | undefined;

async function buildNode(): Promise<Execute> {
	const args = [npmScript(), 'run', '--silent', 'build'];
	await runOrFail(process.execPath, args, { cwd: projectFolder });
	const file = join(projectFolder, 'dist', 'nodes', 'Imburse', 'Imburse.node.js');
	const { Imburse: Built } = (await import(
		file
	)) as typeof import('../../nodes/Imburse/Imburse.node.ts');
	return Reflect.get<object, string>(Built.prototype, 'execute') as Execute;
}
