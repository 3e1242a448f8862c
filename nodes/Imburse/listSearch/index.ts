import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { plainText } from '../n8n/plainText';
import { readList, type ListResult } from './readList';

type Entry = INodeListSearchResult['results'][number];

/** The lists that the form offers, by the names that its fields use. */
export const LIST_SEARCH = { searchApps, searchPayoutSchemes, searchSchemes };

async function searchApps(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const [apps] = listsIn(await readList(this, 'getApps', 'list of apps'));
	return found(apps.flatMap(appEntry), filter);
}

async function searchPayoutSchemes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const [payout] = listsIn(await readPayoutSchemes(this));
	return found(
		payout.flatMap((scheme) => schemeEntry(scheme, 'payout')),
		filter,
	);
}

/** Only those that fit the direction of the payment, once one is chosen. */
async function searchSchemes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const direction = directionBeside(this);
	if (direction === 'CREDIT') return await searchPayoutSchemes.call(this, filter);
	if (direction === 'DEBIT') return await searchCollectSchemes(this, filter);
	const [payout, collect] = listsIn(await readPayoutSchemes(this), await readCollectSchemes(this));
	const entries = [
		...payout.flatMap((scheme) => schemeEntry(scheme, 'payout')),
		...collect.flatMap((scheme) => schemeEntry(scheme, 'collect')),
	];
	return found(entries, filter);
}

async function searchCollectSchemes(
	context: ILoadOptionsFunctions,
	filter: string,
): Promise<INodeListSearchResult> {
	const [collect] = listsIn(await readCollectSchemes(context));
	return found(
		collect.flatMap((scheme) => schemeEntry(scheme, 'collect')),
		filter,
	);
}

/** The direction in the same row or collection, or in the form itself; an expression tells nothing yet. */
function directionBeside(context: ILoadOptionsFunctions): unknown {
	return (
		context.getCurrentNodeParameter('&direction') ?? context.getCurrentNodeParameter('direction')
	);
}

async function readCollectSchemes(context: ILoadOptionsFunctions): Promise<ListResult> {
	return await readList(context, 'getCollectSchemes', 'list of collect schemes');
}

async function readPayoutSchemes(context: ILoadOptionsFunctions): Promise<ListResult> {
	return await readList(context, 'getPayoutSchemes', 'list of payout schemes');
}

/**
 * The lists of several results. A key may have the role for one of them only (API reference 3.6):
 * what it may not see is left out, as long as it may see something.
 */
function listsIn<Results extends ListResult[]>(
	...results: Results
): { [Index in keyof Results]: IDataObject[] } {
	const nothing = results.every(({ ok }) => !ok);
	for (const result of results) {
		if (!result.ok && (nothing || !result.isForbidden)) throw result.error;
	}
	const lists = results.map((result) => (result.ok ? result.entries : []));
	return lists as { [Index in keyof Results]: IDataObject[] };
}

/** One entry, or none where there is no ID to choose by. */
function appEntry({ appId, name }: IDataObject): Entry[] {
	if (!isText(appId)) return [];
	return [{ name: isText(name) ? `${name} (${appId})` : appId, value: appId }];
}

/** The name stands in the published draft, the newest one counts where none is published. */
function schemeEntry({ schemeId, publishedDraftId, drafts }: IDataObject, kind: string): Entry[] {
	if (!isText(schemeId)) return [];
	const known = (Array.isArray(drafts) ? drafts : []) as IDataObject[];
	const draft = known.find(({ draftId }) => draftId === publishedDraftId) ?? known.at(-1);
	const name = isText(draft?.name) ? draft.name : schemeId;
	return [{ name: `${name} (${kind})`, value: schemeId }];
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function found(entries: Entry[], filter: string): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	const fits = ({ name, value }: Entry) =>
		[name, String(value)].some((text) => text.toLowerCase().includes(wanted));
	const shown = entries.filter(fits).map((entry) => ({ ...entry, name: plainText(entry.name) }));
	return { results: shown };
}
