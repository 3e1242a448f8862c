import { folderSize } from './folders.mts';
import { duration, size } from './format.mts';

/** Where progress is written: on a terminal one line that is overwritten, elsewhere a new line from time to time. */
interface Screen {
	isTTY?: boolean;
	write(text: string): boolean;
}

const TERMINAL_STEP_MS = 1_000;
const LOG_STEP_MS = 15_000;

/** The size of a large folder takes time to read: at most a fifth of the time is spent on it. */
const PAUSE_PER_READING = 4;

export interface Growth {
	label: string;
	folder: string;
	/** The size that is expected; left out when it is not known. */
	expectedBytes?: number;
}

/** Shows the time of a task and the size of its folder, until the task has ended. */
export async function withProgress<Result>(
	growth: Growth,
	task: () => Promise<Result>,
	screen: Screen = process.stderr,
): Promise<Result> {
	const step = screen.isTTY ? TERMINAL_STEP_MS : LOG_STEP_MS;
	const started = Date.now();
	let bytes = 0;
	let ended = false;
	const readSize = async (): Promise<void> => {
		const before = Date.now();
		bytes = await folderSize(growth.folder);
		if (ended) return;
		const pause = Math.max(step, PAUSE_PER_READING * (Date.now() - before));
		setTimeout(() => void readSize(), pause).unref();
	};
	const show = (): void => {
		const line = progressLine(growth, Date.now() - started, bytes);
		screen.write(screen.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
	};

	void readSize();
	const timer = setInterval(show, step);
	try {
		return await task();
	} finally {
		ended = true;
		clearInterval(timer);
		if (screen.isTTY) screen.write('\r\u001b[2K');
	}
}

export function progressLine(
	{ label, expectedBytes }: Growth,
	milliseconds: number,
	bytes: number,
): string {
	const expected = expectedBytes === undefined ? '' : ` of about ${size(expectedBytes)}`;
	return `  ${label}: ${duration(milliseconds)}, ${size(bytes)}${expected}`;
}
