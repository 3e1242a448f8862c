import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readList } from './readList';

type Entry = INodeListSearchResult['results'][number];

/** The lists that the form offers, by the names that its fields use. */
export const LIST_SEARCH = { searchApps, searchPayoutSchemes, searchSchemes };

async function searchApps(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const apps = await readList(this, 'getApps', 'list of apps');
	return found(apps.map(appEntry), filter);
}

async function searchPayoutSchemes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const schemes = await readList(this, 'getPayoutSchemes', 'list of payout schemes');
	return found(
		schemes.map((scheme) => schemeEntry(scheme, 'payout')),
		filter,
	);
}

async function searchSchemes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const payout = await readList(this, 'getPayoutSchemes', 'list of payout schemes');
	const collect = await readList(this, 'getCollectSchemes', 'list of collect schemes');
	const entries = [
		...payout.map((scheme) => schemeEntry(scheme, 'payout')),
		...collect.map((scheme) => schemeEntry(scheme, 'collect')),
	];
	return found(entries, filter);
}

function appEntry({ appId, name }: IDataObject): Entry {
	const id = String(appId);
	return { name: typeof name === 'string' ? `${name} (${id})` : id, value: id };
}

/** The name stands in the published draft, the newest one counts where none is published. */
function schemeEntry({ schemeId, publishedDraftId, drafts }: IDataObject, kind: string): Entry {
	const known = (drafts ?? []) as IDataObject[];
	const draft = known.find(({ draftId }) => draftId === publishedDraftId) ?? known.at(-1);
	const name = typeof draft?.name === 'string' ? draft.name : String(schemeId);
	return { name: `${name} (${kind})`, value: String(schemeId) };
}

function found(entries: Entry[], filter: string): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
