import { NO_FACTS } from '../../api/errors/failureDetails';
import { operationFailure } from '../../api/errors/messages';
import type { OperationClient, ApiSuccess } from '../../operation';
import type { ImburseRequest } from '../../api/request';
import { ItemError } from './itemFailure';
import type { ItemClient } from './itemClient';

/** The calls of one item as an operation sees them. Whatever ends the item is thrown. */
export function createOperationClient(line: ItemClient): OperationClient {
	return {
		request: async (request) => await ask(line, request),
		attempt: async (request) => await line.call(request),
		delay: async (milliseconds) => {
			await line.delay(milliseconds);
			if (line.isStopped()) throw stoppedFailure(line);
		},
		fail: (outcome, message, description, known = {}) => {
			const asked = line.asked(line.ready.plan.request);
			const facts = { ...NO_FACTS, correlationId: known.correlationId ?? null };
			const failure = operationFailure(asked, outcome, message, description, facts);
			throw new ItemError({ ...failure, ...known }, false);
		},
		elapsed: () => line.elapsed(),
	};
}

async function ask(line: ItemClient, request: ImburseRequest): Promise<ApiSuccess> {
	const reply = await line.call(request);
	if (!reply.ok) throw new ItemError(reply.failure, reply.endsRun);
	return reply.success;
}

function stoppedFailure(line: ItemClient): ItemError {
	const asked = line.asked(line.ready.plan.request);
	const message = `${asked.label} (item ${asked.item}): the run was stopped while it waited`;
	const advice = 'Nothing was undone. Run it again to go on.';
	return new ItemError(operationFailure(asked, 'timeout', message, advice), true);
}
