import { NO_FACTS } from '../../api/facts';
import { operationFailure } from '../../api/words';
import type { Conversation, Success } from '../../operation';
import type { ImburseRequest } from '../../api/request';
import { ItemFailure } from './itemFailure';
import type { Line } from './line';

/** The calls of one item as an operation sees them. Whatever ends the item is thrown. */
export function converseOn(line: Line): Conversation {
	return {
		ask: async (request) => await ask(line, request),
		attempt: async (request) => await line.call(request),
		pause: async (milliseconds) => {
			await line.pause(milliseconds);
			if (line.isStopped()) throw stoppedFailure(line);
		},
		fail: (outcome, message, description, known = {}) => {
			const asked = line.asked(line.ready.plan.request);
			const facts = { ...NO_FACTS, correlationId: known.correlationId ?? null };
			const failure = operationFailure(asked, outcome, message, description, facts);
			throw new ItemFailure({ ...failure, ...known }, false);
		},
		elapsed: () => line.elapsed(),
	};
}

async function ask(line: Line, request: ImburseRequest): Promise<Success> {
	const reply = await line.call(request);
	if (!reply.ok) throw new ItemFailure(reply.failure, reply.endsRun);
	return reply.success;
}

function stoppedFailure(line: Line): ItemFailure {
	const asked = line.asked(line.ready.plan.request);
	const message = `${asked.subject} (item ${asked.item}): the run was stopped while it waited`;
	const advice = 'Nothing was undone. Run it again to go on.';
	return new ItemFailure(operationFailure(asked, 'timeout', message, advice), true);
}
