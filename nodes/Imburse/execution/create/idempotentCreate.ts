import {
	conflictFailure,
	endedFailure,
	existsFailure,
	unknownFailure,
	type Seen,
} from '../../api/errors/createMessages';
import { NO_FACTS, type Facts } from '../../api/errors/failureDetails';
import type { Asked } from '../../api/errors/messages';
import type { ReadBack, ApiSuccess } from '../../operation';
import { ItemError } from '../client/itemFailure';
import type { ItemClient, Reply, Unsuccessful } from '../client/itemClient';
import { readBack, type ReadBackResult } from './readBack';
import { decideCreate, type CreateResponse } from './createDecision';

const ACCEPTED = 202;
const NOTHING_SEEN: Seen = { differing: [], missing: [], notes: [], obstacles: [] };

/**
 * Creates something exactly once. Whatever does not clearly succeed or fail is read back and
 * compared with what was sent; only where it is certainly absent is it sent once more, with the
 * same references. API reference 6, "Idempotency": Imburse takes a reference only once, and
 * documents no other protection.
 *
 * @throws {ItemError} unless it is there as it was asked for
 */
export async function idempotentCreate(line: ItemClient, made: ReadBack): Promise<ApiSuccess> {
	const { plan, wasSentBefore: sentBefore } = line.ready;
	const { request } = plan;
	const answers: CreateResponse[] = [];
	for (;;) {
		const reply = await line.call(request);
		if (reply.ok && (reply.success.status !== ACCEPTED || made.timeout === undefined)) {
			return outright(reply.success);
		}
		const answered = answeredOf(reply);
		if (answered === undefined) throw refusedFailure(line, answers, reply as Unsuccessful);
		answers.push(answered);
		const looked = await readBack(line, made, answered);
		const next = decideCreate({ responses: answers, sentBefore }, looked.found);
		if (next.then === 'createAgain') continue;
		if (next.then === 'fail') throw failureFor(line, reply, looked, next.outcome);
		if (next.result === 'alreadyExisted' && made.ifExists === 'fail') {
			throw new ItemError(existsFailure(line.asked(request), factsOf(reply)), false);
		}
		const remarks = [...looked.remarks, ...remarksOn(reply, answers, plan.label)];
		return { ...successOf(reply, looked), result: next.result, remarks };
	}
}

function outright(success: ApiSuccess): ApiSuccess {
	return { ...success, result: success.status === ACCEPTED ? 'accepted' : 'created' };
}

/** What is to be read back; undefined for a request with which Imburse certainly did nothing. */
function answeredOf(reply: Reply): CreateResponse | undefined {
	if (reply.ok) return 'accepted';
	switch (reply.evidence) {
		case 'refused':
			return undefined;
		case 'exists':
			return 'exists';
		case 'absent':
		case 'objected':
			return 'objected';
		case 'none':
			return 'unclear';
	}
}

/**
 * An earlier create may still be on its way when the last one is not even let in; only a field that
 * breaks a rule would have stopped both.
 */
function refusedFailure(
	line: ItemClient,
	before: CreateResponse[],
	refused: Unsuccessful,
): ItemError {
	const { failure, facts, reason, endsRun } = refused;
	const mayStillArrive = line.ready.wasSentBefore || before.includes('unclear');
	if (!mayStillArrive || failure.httpStatus === 400) {
		return new ItemError(failure, endsRun);
	}
	const asked = line.asked(line.ready.plan.request);
	return new ItemError(unknownFailure(asked, NOTHING_SEEN, facts, reason), endsRun);
}

function failureFor(
	line: ItemClient,
	reply: Reply,
	looked: ReadBackResult,
	outcome: 'conflict' | 'failed' | 'rejected' | 'unknown',
): ItemError {
	const asked = line.asked(line.ready.plan.request);
	const endsRun = looked.endsRun;
	if (outcome === 'rejected' && !reply.ok) return new ItemError(reply.told(outcome), endsRun);
	return new ItemError(failureAfterLook(asked, reply, looked, outcome), endsRun);
}

function failureAfterLook(asked: Asked, reply: Reply, looked: ReadBackResult, outcome: string) {
	const facts = factsOf(reply);
	if (outcome === 'conflict') return conflictFailure(asked, looked, facts);
	if (outcome === 'failed') return endedFailure(asked, looked, facts);
	return unknownFailure(asked, looked, facts, reply.ok ? ACCEPTED_REASON : reply.reason);
}

/** What a success leaves open when Imburse did not answer with one. */
function remarksOn(reply: Reply, answers: CreateResponse[], label: string): string[] {
	const [answered, ...later] = answers;
	if (reply.ok || later.length > 0) return [];
	switch (answered) {
		case 'objected':
			return [`Imburse refused ${label} (${reply.reason}), and has it already, as in your data.`];
		case 'unclear':
			return [
				`There was no clear answer to ${label} (${reply.reason}): it was found as in your data, and counts as made by this run.`,
			];
		default:
			return [];
	}
}

const ACCEPTED_REASON = 'Imburse accepted it';

/** The first answer counts for the support IDs; a success has none but Imburse's own. */
function factsOf(reply: Reply): Facts {
	if (!reply.ok) return reply.facts;
	const { status, imburseId } = reply.success;
	return { ...NO_FACTS, httpStatus: status, correlationId: imburseId };
}

/** Imburse's own body: of the create where it had one, otherwise of what was read. */
function successOf(reply: Reply, { success: read }: ReadBackResult): ApiSuccess {
	if (!reply.ok) {
		const found = read as ApiSuccess;
		const { httpStatus, correlationId } = reply.facts;
		// What Imburse said to the create is what its support asks for, not the read that settled it.
		return { ...found, status: httpStatus ?? found.status, imburseId: correlationId };
	}
	const { success } = reply;
	return success.value === null && read ? { ...success, value: read.value } : success;
}
