/** What stands at each place, by the name of the place. */
export type Stock = Map<string, unknown>;

/** Counts of what was reached, which jest itself collects, here for each file of the project. */
const COVERAGE = '__coverage__';

/** The console is jest's, too, and much of the process changes by itself. */
const NOT_LOOKED_INTO = new Set(['globalThis', 'global', 'console', 'process', COVERAGE]);

/**
 * Changed by jest itself when it counts what is reached: the counts, and how Babel, which puts the
 * counting into each file, writes stacks from its first file on.
 */
const OF_COUNTING = new Set([`globalThis.${COVERAGE}`, 'Error.prepareStackTrace']);

/** A newer Node warns where they are asked for. */
const NODES_STORES = new Set(['localStorage', 'sessionStorage']);

/**
 * What the process looks like to those who run in it: its globals, what they hold and what they pass
 * on, its environment, and who listens to its events.
 */
export function takeStock(): Stock {
	const stock: Stock = new Map([['process.cwd()', process.cwd()]]);
	// Under symbols jest keeps things of its own.
	for (const name of Object.getOwnPropertyNames(globalThis)) {
		if (NODES_STORES.has(name)) continue;
		// Asked for, since Node makes some of them only then.
		const value = Reflect.get(globalThis, name) as unknown;
		stock.set(`globalThis.${name}`, value);
		if (!isObject(value) || NOT_LOOKED_INTO.has(name)) continue;
		addAll(stock, name, value);
		const { prototype } = value as { prototype?: unknown };
		if (isObject(prototype)) addAll(stock, `${name}.prototype`, prototype);
	}
	for (const [name, value] of Object.entries(process.env)) stock.set(`process.env.${name}`, value);
	for (const event of process.eventNames()) {
		stock.set(`listeners to ${String(event)}`, process.listenerCount(event));
	}
	return stock;
}

/** The places at which something else stands now. */
export function changedPlaces(before: Stock, now: Stock): string[] {
	return [...new Set([...before.keys(), ...now.keys()])].filter(
		(place) => !Object.is(before.get(place), now.get(place)) && !OF_COUNTING.has(place),
	);
}

function addAll(stock: Stock, name: string, object: object): void {
	for (const key of Reflect.ownKeys(object)) {
		const place = Reflect.getOwnPropertyDescriptor(object, key);
		stock.set(`${name}.${String(key)}`, place?.get ?? (place?.value as unknown));
	}
}

const isObject = (value: unknown): value is object =>
	typeof value === 'function' || (typeof value === 'object' && value !== null);
