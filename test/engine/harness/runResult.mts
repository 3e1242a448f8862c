import { stringify } from 'flatted';
import type {
	ExecutionError,
	ExecutionStatus,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { listenToLog } from './log.mts';
import type { Observation, ObservedNodeTypes } from './nodeTypes.mts';
import { errorText, type Traces } from './secretWatch.mts';

/** What one node did in a run. */
export interface NodeResult extends Observation {
	/** Items of the first output. */
	success: INodeExecutionData[];
	/** Items of the error output (`onError: 'continueErrorOutput'`). */
	failed: INodeExecutionData[];
	/** Items of every output, as n8n hands them to the next nodes. */
	outputs: INodeExecutionData[][];
	/** The error that n8n keeps for the node and shows in the editor; a plain copy, no instance. */
	error?: ExecutionError;
	/** What the node told the user with `addExecutionHints`. */
	hints: NodeExecutionHint[];
}

/** What a run left behind. */
export interface WorkflowResult {
	/** How the run ended: `success`, `error` or `canceled`. */
	status: ExecutionStatus;
	/** All that n8n knows of the run at its end. */
	data: IRunExecutionData;
	/**
	 * The execution record, word for word as n8n would write it into its database when the run ended
	 * or was stopped. What is not in it is neither stored nor shown in the editor.
	 */
	record: string;
	/** The log lines of the run, as `<level> <message> <data>`. */
	log: string[];
	/** How long the run took, in milliseconds. */
	milliseconds: number;
}

/** Result of a run with several nodes. */
export interface RowResult extends WorkflowResult {
	/** What the node with this name did; empty when the run did not get to it. */
	node: (name: string) => NodeResult;
}

/** A run in flight. */
export interface Running<Result> {
	/** What the Stop button in the editor does. */
	stop: () => void;
	/** Settles when n8n's engine has come to its end, also after a stop. */
	result: Promise<Result>;
}

/** An execution of n8n-core that can be cancelled. */
type Execution = Promise<IRun> & { cancel(): void };

/**
 * Starts an execution and takes down what it leaves behind.
 *
 * @param inspect shown all of it; what it throws, the run ends with
 */
export function recordRun(
	additionalData: IWorkflowExecuteAdditionalData,
	nodeTypes: ObservedNodeTypes,
	start: () => Execution,
	inspect: (traces: Traces) => void,
): Running<RowResult> {
	let record = '';
	additionalData.hooks?.addHandler('workflowExecuteAfter', (run) => {
		record = stringify(run.data);
	});
	const log = listenToLog();
	const startedAt = Date.now();
	const execution = start();
	return {
		stop: () => execution.cancel(),
		result: execution.then((run) => {
			const milliseconds = Date.now() - startedAt;
			const lines = log();
			inspect({
				'execution record': record,
				'data of the run': stringify(run.data),
				log: lines.join('\n'),
				'errors that were thrown': nodeTypes.thrown.map(errorText).join('\n'),
			});
			const { status, data } = run;
			const node = (name: string) => readNode(run, nodeTypes, name);
			return { status, data, record, log: lines, milliseconds, node };
		}),
	};
}

/** What the run left of the node with this name. */
function readNode(run: IRun, nodeTypes: ObservedNodeTypes, name: string): NodeResult {
	const task = run.data.resultData.runData[name]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		...nodeTypes.observationOf(name),
		outputs,
		success: outputs[0] ?? [],
		failed: outputs[1] ?? [],
		error: task?.error,
		hints: task?.hints ?? [],
	};
}
