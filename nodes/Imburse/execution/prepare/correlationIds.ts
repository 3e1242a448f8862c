import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { memoryOf } from '../guards/executionMemory';

/**
 * A new correlation ID for an item, and the same one again when Retry On Fail runs the node once
 * more for it.
 */
export function correlationIdFor(
	context: IExecuteFunctions,
	item: number,
	subject: string,
): string {
	if (context.getNode().retryOnFail !== true) return randomUUID();
	const { correlationIds } = memoryOf(context);
	return (correlationIds[`${item} ${subject}`] ??= randomUUID());
}
