import { inspect } from 'node:util';
import { LoggerProxy } from 'n8n-workflow';

const lines: string[] = [];

/** Depth to which the data beside a log message is written out. */
const DEPTH = 10;

function recordAs(level: string) {
	return (message: string, data: object = {}) => {
		const details = Object.keys(data).length > 0 ? ` ${inspect(data, { depth: DEPTH })}` : '';
		lines.push(`${level} ${message}${details}`);
	};
}

/** Stands for n8n's logger; also what a node finds as `this.logger`. */
export const recordingLogger = {
	error: recordAs('error'),
	warn: recordAs('warn'),
	info: recordAs('info'),
	debug: recordAs('debug'),
	scoped: () => recordingLogger,
};

LoggerProxy.init(recordingLogger);

/**
 * Begins to listen to the log; the returned function gives the lines written since, as
 * `<level> <message> <data>`. The log is one per test file: runs at the same time share it.
 */
export function listenToLog(): () => string[] {
	const start = lines.length;
	return () => lines.slice(start);
}
