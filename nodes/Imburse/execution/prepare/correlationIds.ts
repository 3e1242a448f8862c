import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { executionMemory } from '../guards/executionMemory';

/**
 * A new correlation ID for an item, and the same one again when Retry On Fail runs the node once
 * more for it.
 */
export function correlationIdFor(context: IExecuteFunctions, item: number, label: string): string {
	if (context.getNode().retryOnFail !== true) return randomUUID();
	const { correlationIds } = executionMemory(context);
	return (correlationIds[`${item} ${label}`] ??= randomUUID());
}
