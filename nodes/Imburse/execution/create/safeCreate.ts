import {
	conflictFailure,
	endedFailure,
	existsFailure,
	unknownFailure,
	type Seen,
} from '../../api/createWords';
import { NO_FACTS, type Facts } from '../../api/facts';
import type { Asked } from '../../api/words';
import type { ReadBack, Success } from '../../operation';
import { ItemFailure } from '../send/itemFailure';
import type { Line, Reply, Unsuccessful } from '../send/line';
import { readBack, type Looked } from './readBack';
import { whatFollows, type Answered } from './whatFollows';

const ACCEPTED = 202;
const NOTHING_SEEN: Seen = { differing: [], missing: [], notes: [], obstacles: [] };

/**
 * Creates something exactly once. Whatever does not clearly succeed or fail is read back and
 * compared with what was sent; only where it is certainly absent is it sent once more, with the
 * same references. API reference 6, "Idempotency": Imburse takes a reference only once, and
 * documents no other protection.
 *
 * @throws {ItemFailure} unless it is there as it was asked for
 */
export async function safeCreate(line: Line, made: ReadBack): Promise<Success> {
	const { plan, sentBefore } = line.ready;
	const { request } = plan;
	const answers: Answered[] = [];
	for (;;) {
		const reply = await line.call(request);
		if (reply.ok && (reply.success.status !== ACCEPTED || made.patience === undefined)) {
			return outright(reply.success);
		}
		const answered = answeredOf(reply);
		if (answered === undefined) throw refusedFailure(line, answers, reply as Unsuccessful);
		answers.push(answered);
		const looked = await readBack(line, made, answered);
		const next = whatFollows({ answers, sentBefore }, looked.found);
		if (next.then === 'createAgain') continue;
		if (next.then === 'fail') throw failureFor(line, reply, looked, next.outcome);
		if (next.result === 'alreadyExisted' && made.ifExists === 'fail') {
			throw new ItemFailure(existsFailure(line.asked(request), factsOf(reply)), false);
		}
		const remarks = [...looked.remarks, ...remarksOn(reply, answers, plan.subject)];
		return { ...successOf(reply, looked), result: next.result, remarks };
	}
}

function outright(success: Success): Success {
	return { ...success, result: success.status === ACCEPTED ? 'accepted' : 'created' };
}

/** What is to be read back; undefined for a request with which Imburse certainly did nothing. */
function answeredOf(reply: Reply): Answered | undefined {
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
function refusedFailure(line: Line, before: Answered[], refused: Unsuccessful): ItemFailure {
	const { failure, facts, reason, endsRun } = refused;
	const mayStillArrive = line.ready.sentBefore || before.includes('unclear');
	if (!mayStillArrive || failure.httpStatus === 400) {
		return new ItemFailure(failure, endsRun);
	}
	const asked = line.asked(line.ready.plan.request);
	return new ItemFailure(unknownFailure(asked, NOTHING_SEEN, facts, reason), endsRun);
}

function failureFor(
	line: Line,
	reply: Reply,
	looked: Looked,
	outcome: 'conflict' | 'failed' | 'rejected' | 'unknown',
): ItemFailure {
	const asked = line.asked(line.ready.plan.request);
	const endsRun = looked.endsRun;
	if (outcome === 'rejected' && !reply.ok) return new ItemFailure(reply.told(outcome), endsRun);
	return new ItemFailure(failureAfterLook(asked, reply, looked, outcome), endsRun);
}

function failureAfterLook(asked: Asked, reply: Reply, looked: Looked, outcome: string) {
	const facts = factsOf(reply);
	if (outcome === 'conflict') return conflictFailure(asked, looked, facts);
	if (outcome === 'failed') return endedFailure(asked, looked, facts);
	return unknownFailure(asked, looked, facts, reply.ok ? ACCEPTED_REASON : reply.reason);
}

/** What a success leaves open when Imburse did not answer with one. */
function remarksOn(reply: Reply, answers: Answered[], subject: string): string[] {
	const [answered, ...later] = answers;
	if (reply.ok || later.length > 0) return [];
	switch (answered) {
		case 'objected':
			return [`Imburse refused ${subject} (${reply.reason}), and has it already, as in your data.`];
		case 'unclear':
			return [
				`There was no clear answer to ${subject} (${reply.reason}): it was found as in your data, and counts as made by this run.`,
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
function successOf(reply: Reply, { success: read }: Looked): Success {
	if (!reply.ok) {
		const found = read as Success;
		const { httpStatus, correlationId } = reply.facts;
		// What Imburse said to the create is what its support asks for, not the read that settled it.
		return { ...found, status: httpStatus ?? found.status, imburseId: correlationId };
	}
	const { success } = reply;
	return success.value === null && read ? { ...success, value: read.value } : success;
}
