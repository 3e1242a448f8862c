import type { IExecuteFunctions, Logger } from 'n8n-workflow';

import { plainText } from './plainText';

/** Shows sentences beside the output; they stop nothing. */
export function showHints(context: IExecuteFunctions, messages: readonly string[]): void {
	if (messages.length === 0) return;
	context.addExecutionHints(
		...messages.map((message) => ({
			message: plainText(message),
			location: 'outputPane' as const,
		})),
	);
}

/**
 * Writes a line into n8n's log. It has to say all there is: n8n prints nothing else of an entry, except
 * at level debug or as JSON.
 */
export function logWarning({ logger }: { logger: Logger }, text: string): void {
	logger.warn(plainText(text));
}
