import { asJsonObject } from './jsonObject';

/**
 * Whether an instruction shows a transaction, so that money moves for it or has moved: the object of the
 * newer model, or a link (API reference 5).
 */
export function hasTransaction(instruction: unknown): boolean {
	const { transaction, _links } = asJsonObject(instruction);
	const { transactions } = asJsonObject(_links);
	return Boolean(transaction) || (Array.isArray(transactions) && transactions.length > 0);
}
