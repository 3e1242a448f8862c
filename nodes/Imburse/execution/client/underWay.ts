import { digest } from '../../n8n/digest';

/** What the runs of this process are doing at this moment, by digest. */
const underWay = new Set<string>();

/**
 * Does something unless a run of this process is doing the same: two at once would both read that
 * nothing has been done, and both do it. Two processes share nothing in which they could see that.
 *
 * @param names what tells it from everything else
 * @returns undefined, and nothing is done, where another run is at it
 */
export async function unlessUnderWay<T>(
	names: readonly string[],
	work: () => Promise<T>,
): Promise<T | undefined> {
	const key = digest(JSON.stringify(names));
	if (underWay.has(key)) return undefined;
	underWay.add(key);
	try {
		return await work();
	} finally {
		underWay.delete(key);
	}
}
