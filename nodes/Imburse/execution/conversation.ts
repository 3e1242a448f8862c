import { operationFailure } from '../api/words';
import type { Attempt, Conversation, Success } from '../operation';
import type { ImburseRequest } from '../api/request';
import { ItemFailure } from './itemFailure';
import type { Line } from './line';

/** The calls of one item as an operation sees them. Whatever ends the item is thrown. */
export function converseOn(line: Line): Conversation {
	return {
		ask: async (request) => await ask(line, request),
		attempt: async (request) => await attempt(line, request),
		pause: async (milliseconds) => {
			await line.pause(milliseconds);
			if (line.isStopped()) throw stoppedFailure(line);
		},
		fail: (outcome, message, description) => {
			const asked = line.asked(line.ready.plan.request);
			throw new ItemFailure(operationFailure(asked, outcome, message, description), false);
		},
		elapsed: () => line.elapsed(),
	};
}

async function ask(line: Line, request: ImburseRequest): Promise<Success> {
	const reply = await line.call(request);
	if (!reply.ok) throw new ItemFailure(reply.failure, reply.endsRun);
	return reply.success;
}

/** Refused keys and a run that was stopped end the item all the same. */
async function attempt(line: Line, request: ImburseRequest): Promise<Attempt> {
	const reply = await line.call(request);
	if (!reply.ok && reply.endsRun) throw new ItemFailure(reply.failure, true);
	return reply;
}

function stoppedFailure(line: Line): ItemFailure {
	const asked = line.asked(line.ready.plan.request);
	const message = `${asked.subject} (item ${asked.item}): the run was stopped while it waited`;
	const advice = 'Nothing was undone. Run it again to go on.';
	return new ItemFailure(operationFailure(asked, 'timeout', message, advice), true);
}
