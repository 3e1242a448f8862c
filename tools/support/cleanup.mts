import { killAllGroups } from './processGroup.mts';

type Step = () => Promise<void> | void;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const PARENT_POLL_MS = 500;

/**
 * Steps that run when a tool ends, however it ends: in reverse order, each once. When a step fails,
 * the others still run.
 */
export class Cleanup {
	private steps: Step[] = [];

	private run: Promise<void> | undefined;

	add(step: Step): void {
		this.steps.push(step);
	}

	get hasBegun(): boolean {
		return this.run !== undefined;
	}

	/** Runs the steps; a second call waits for the first. */
	finish(): Promise<void> {
		this.run ??= this.runSteps();
		return this.run;
	}

	/**
	 * Makes this the cleanup of the whole process: a signal such as Ctrl-C cleans up and ends it; a second
	 * one ends it at once. The end of the npm that started it counts as a signal, since npm passes
	 * signals on to its shell only. Processes that no step has stopped are killed at the end.
	 */
	onSignals(sayStopping: () => void): void {
		this.steps.unshift(killAllGroups);
		const stop = (exitCode: number): void => {
			if (this.hasBegun) {
				killAllGroups();
				process.exit(exitCode);
			}
			sayStopping();
			void this.finish().finally(() => process.exit(exitCode));
		};
		for (const [signal, exitCode] of Object.entries(SIGNALS))
			process.on(signal, () => stop(exitCode));
		if (process.env.npm_lifecycle_event !== undefined) {
			onceParentIsGone(() => stop(SIGNALS.SIGTERM));
		}
	}

	private async runSteps(): Promise<void> {
		for (const step of this.steps.reverse()) {
			try {
				await step();
			} catch (error) {
				console.error(`While stopping: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	}
}

function onceParentIsGone(act: () => void): void {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		act();
	}, PARENT_POLL_MS);
	timer.unref();
}
