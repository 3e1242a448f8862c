import type { IDataObject } from 'n8n-workflow';

export function orderLabel(orderRef: string): string {
	return `Payment Order "${orderRef}"`;
}

/** Whether a body shows the order: every documented one repeats its reference (API reference 5). */
export function showsOrder(orderRef: string): (body: IDataObject) => boolean {
	return (body) => body.orderRef === orderRef;
}
