import type { IExecuteFunctions } from 'n8n-workflow';

import { isToolNode } from '../../n8n/toolRun';
import type { Plan, ReadBack } from '../../operation';
import { paymentIdentity } from '../../validation/compareFields';
import { tenantOf, type ItemResult, type PreparedItem } from '../items';
import { digest } from '../../n8n/digest';
import { executionMemory, type SentContent, type SentCreate } from './executionMemory';
import { turnOf } from './retryHistory';

/**
 * What this execution has created. A repeat counts against that: whatever comes to something else in
 * the second try of Retry On Fail, the same item is no other payment for it.
 */
export class EarlierCreates {
	private readonly creates: Record<string, SentCreate>;
	private readonly executionId: string;
	private readonly turn: number;
	/** Whether an item of the same turn is the same item again. */
	private readonly isRetried: boolean;

	/** @param ownTenant the credential's */
	constructor(
		context: IExecuteFunctions,
		private readonly ownTenant: string,
	) {
		const node = context.getNode();
		this.creates = executionMemory(context).creates;
		this.executionId = context.getExecutionId();
		this.turn = turnOf(context);
		this.isRetried = node.retryOnFail === true && !isToolNode(node);
	}

	/** The item, with what this execution knows of it from before. */
	recall(item: PreparedItem): PreparedItem {
		const { readBack } = item.plan;
		const before = readBack && this.creates[this.keyOf(item)];
		if (!readBack || !before) return item;
		const known = { ...item, wasSentBefore: true };
		const isSame = before.payment === paymentOf(readBack);
		const isUnseen = this.isRetried && before.turn === this.turn;
		if (!isSame && !isUnseen) return known;
		if (before.unclear) {
			const plan = withContent(item.plan, readBack, before.unclear);
			return { ...known, plan, earlier: 'unclear' };
		}
		if (!isUnseen) return { ...known, earlier: 'reported' };
		return { ...known, earlier: isSame ? 'made' : 'madeOtherwise' };
	}

	/** What was first sent under a reference stays, until it is known to be made. */
	remember(result: ItemResult): void {
		const { plan } = result.item;
		const { readBack } = plan;
		const isNew = isMade(result);
		if (!readBack || (!isNew && !isUnclear(result))) return;
		const key = this.keyOf(result.item);
		const create = { payment: paymentOf(readBack), turn: this.turn };
		if (isNew) this.creates[key] = create;
		else this.creates[key] ??= { ...create, unclear: contentOf(plan, readBack) };
	}

	private keyOf(item: PreparedItem): string {
		const tenant = tenantOf(item, this.ownTenant);
		return digest(JSON.stringify([this.executionId, tenant, item.plan.label]));
	}
}

function isMade(result: ItemResult): boolean {
	return result.ok && result.response.result !== 'alreadyExisted';
}

function isUnclear(result: ItemResult): boolean {
	if (result.ok) return false;
	const { attempts, outcome } = result.failure;
	return attempts > 0 && (outcome === 'unknown' || outcome === 'failed');
}

function paymentOf({ whole, parts }: ReadBack): string {
	const [order, ...payments] = [whole, ...parts].map(({ sentFields }) =>
		paymentIdentity(sentFields),
	);
	return digest(JSON.stringify([order, ...payments.sort()]));
}

function contentOf({ request, echo }: Plan, { whole, parts }: ReadBack): SentContent {
	const sentFields = [whole, ...parts].map((resource) => resource.sentFields);
	return { body: request.body, sentFields, echo };
}

/** Sends once more what was sent first: it may be there already, or on its way. */
function withContent(plan: Plan, readBack: ReadBack, content: SentContent): Plan {
	const { body, echo, sentFields } = content;
	const [whole = readBack.whole.sentFields, ...others] = sentFields;
	const parts = readBack.parts.map((part) => {
		const sent = others.find(
			({ instructionRef }) => instructionRef === part.sentFields.instructionRef,
		);
		return { ...part, sentFields: sent ?? part.sentFields };
	});
	return {
		...plan,
		request: { ...plan.request, body },
		readBack: { ...readBack, whole: { ...readBack.whole, sentFields: whole }, parts },
		echo,
	};
}
