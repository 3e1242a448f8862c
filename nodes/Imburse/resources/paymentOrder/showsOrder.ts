import type { IDataObject } from 'n8n-workflow';

/** Whether an answer shows the order: every documented one repeats its reference (API reference 5). */
export function showsOrder(orderRef: string): (answer: IDataObject) => boolean {
	return (answer) => answer.orderRef === orderRef;
}
