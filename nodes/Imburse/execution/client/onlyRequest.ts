import type { ImburseRequest } from '../../api/request';
import { digest } from '../../n8n/digest';
import type { PreparedItem } from '../items';
import type { Session } from '../session';

/** By then Imburse shows what was made, so that whoever reads first sees it. */
const REMEMBERED_MS = 60 * 60_000;

/** When a request was sent, by digest. It is remembered for as long as the process lives. */
const sentAt = new Map<string, number>();

/** A request that must not be sent twice, and has no reference by which Imburse would know it again. */
export interface OnlyRequest {
	/** Whether no run of this process has sent it lately; from then on it counts as sent. */
	begin(): boolean;
	/** It was certainly not carried out, so it may be sent again. */
	takeBack(): void;
}

/**
 * Two runs at once would both read that nothing has been sent. Within one process they see each other
 * here; two processes share nothing in which they could.
 */
export function onlyRequest(
	{ baseUrl, credential: { accountId, tenantId } }: Session,
	item: PreparedItem,
	{ endpoint, identifiers }: ImburseRequest,
): OnlyRequest {
	const tenant = item.tenantId === '' ? tenantId : item.tenantId;
	const key = digest(JSON.stringify([baseUrl, accountId, tenant, endpoint, identifiers]));
	return {
		begin: () => {
			forgetOld();
			if (sentAt.has(key)) return false;
			sentAt.set(key, Date.now());
			return true;
		},
		takeBack: () => void sentAt.delete(key),
	};
}

function forgetOld(): void {
	for (const [key, time] of sentAt) {
		if (Date.now() - time < REMEMBERED_MS) return;
		sentAt.delete(key);
	}
}
