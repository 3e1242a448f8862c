import axios, { type AxiosResponse } from 'axios';
import type { Workflow } from '../../../tools/n8n/workflow.mts';
import { waitUntil } from './waiting.mts';

/** What a person enters in a form, by the position of its fields from 0. */
export type FormEntries = Record<number, string | FormFile>;

export interface FormFile {
	name: string;
	content: Buffer;
}

/** A page of n8n's forms, as a browser has it. */
export interface FormPage {
	url: string;
	html: string;
	/** Sends the form, and resolves to the page that follows. */
	submit(entries: FormEntries): Promise<FormPage>;
	/** What the page of an ending does by itself: the run goes on, and ends. */
	finish(): Promise<void>;
}

const CLIENT = { proxy: false, maxRedirects: 0, validateStatus: () => true } as const;
const ENDED = ['canceled', 'crashed', 'error', 'success', 'null'];

/** Opens the form of an active workflow, once n8n has registered it. */
export async function openForm(n8nUrl: string, { nodes }: Workflow): Promise<FormPage> {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const url = `${n8nUrl}/form/${trigger?.webhookId}`;
	const html = await waitUntil('the form is there', async () => {
		const response = await axios.get<string>(url, CLIENT);
		return response.status === 200 && response.data;
	});
	return pageOf(url, html);
}

/** A page of a run that waits: its address can be given to another person. */
export async function openWaitingPage(url: string): Promise<FormPage> {
	const { data } = await axios.get<string>(url, CLIENT);
	return pageOf(url, data);
}

/** What a person reads on a page. */
export const textOf = ({ html }: FormPage): string =>
	html
		.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
		.replace(/&#x(\w+);/g, (_, code) => String.fromCharCode(parseInt(code as string, 16)))
		.replace(/&quot;/g, '"')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ');

function pageOf(url: string, html: string): FormPage {
	return {
		url,
		html,
		submit: async (entries) => {
			const response = await axios.post<{ formWaitingUrl?: string }>(url, bodyOf(entries), CLIENT);
			return nextPage(response.data.formWaitingUrl ?? url, response);
		},
		finish: async () => {
			await axios.post(url, {}, CLIENT);
			await waitUntil('the run has ended', async () => ENDED.includes(await statusOf(url)));
		},
	};
}

async function nextPage(url: string, { status }: AxiosResponse): Promise<FormPage> {
	if (status >= 400) throw new Error(`n8n answers the form with ${status}.`);
	await waitUntil('the next page is there', async () => {
		const now = await statusOf(url);
		if (ENDED.includes(now)) throw new Error(`The run has ended without a page: ${now}.`);
		return now === 'form-waiting';
	});
	return openWaitingPage(url);
}

/** n8n's own word for what a run that shows pages does. */
async function statusOf(page: string): Promise<string> {
	const url = new URL(page);
	url.pathname += '/n8n-execution-status';
	const { data } = await axios.get<string>(url.toString(), CLIENT);
	return String(data).trim();
}

function bodyOf(entries: FormEntries): FormData {
	const body = new FormData();
	for (const [position, entry] of Object.entries(entries)) {
		if (typeof entry === 'string') body.append(`field-${position}`, entry);
		else body.append(`field-${position}`, new Blob([entry.content]), entry.name);
	}
	return body;
}
