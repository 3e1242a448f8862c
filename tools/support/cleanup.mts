import { killAllGroups } from './processGroup.mts';

type Step = () => Promise<void> | void;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const PARENT_POLL_MS = 500;

/**
 * What has to be undone when a tool ends, whichever way it ends. Steps run in reverse order, each
 * once, and one that fails does not keep the others from running.
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
	 * Makes this the cleanup of the whole process: Ctrl-C and its like clean up and end it; a second
	 * one ends it at once. So does the end of the npm that started it: npm hands a signal on to its
	 * shell only. What no step has stopped ends with the last step.
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
