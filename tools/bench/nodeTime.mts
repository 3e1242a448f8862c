import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Imburse } from '../../nodes/Imburse/Imburse.node.ts';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * Measures while the node itself is at work, without n8n's part before and after it.
 *
 * @param watch begins to measure, and gives what ends it
 * @param run in which the node runs once
 */
export async function whileNodeRuns<T>(watch: () => () => T, run: () => Promise<void>): Promise<T> {
	const execute = Reflect.get<object, string>(Imburse.prototype, 'execute') as Execute;
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
		Imburse.prototype.execute = execute;
	}
	if (measured === undefined) throw new Error('The node has not run.');
	return measured;
}
