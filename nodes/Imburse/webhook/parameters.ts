import type { IDataObject } from 'n8n-workflow';

/** The parameters of the trigger, by name, as n8n resolved them. */
export type TriggerParameters = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}

export function trimmedText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
