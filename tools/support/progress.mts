import { folderSize } from './folderSize.mts';
import { duration, size } from './words.mts';

/** Where progress is written: one line that is written over on a terminal, a line now and then elsewhere. */
interface Screen {
	isTTY?: boolean;
	write(text: string): boolean;
}

const TERMINAL_STEP_MS = 1_000;
const LOG_STEP_MS = 15_000;

/** Reading the size of a large folder is work too: at most a fifth of the time is spent on it. */
const REST_PER_READING = 4;

export interface Growth {
	label: string;
	folder: string;
	/** What the folder will hold about; left out where nobody knows. */
	expectedBytes?: number;
}

/** Shows how long a task takes and how its folder grows, until the task has ended. */
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
		const rest = Math.max(step, REST_PER_READING * (Date.now() - before));
		setTimeout(() => void readSize(), rest).unref();
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
