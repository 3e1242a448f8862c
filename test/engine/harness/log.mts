import { inspect } from 'node:util';
import { LoggerProxy } from 'n8n-workflow';

/** What each of those who listen has heard. */
const listeners = new Set<string[]>();

/** Depth to which the data beside a log message is written out. */
const DEPTH = 10;

function recordAs(level: string) {
	return (message: string, data: object = {}) => {
		const details = Object.keys(data).length > 0 ? ` ${inspect(data, { depth: DEPTH })}` : '';
		for (const heard of listeners) heard.push(`${level} ${message}${details}`);
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
 * Begins to listen to the log; the returned function ends it and gives the lines written meanwhile,
 * as `<level> <message> <data>`. The log is one per process: runs at the same time share it.
 */
export function listenToLog(): () => string[] {
	const heard: string[] = [];
	listeners.add(heard);
	return () => {
		listeners.delete(heard);
		return heard;
	};
}
