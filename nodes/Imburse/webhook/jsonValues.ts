import { isJsonObject, type JsonObject } from '../api/jsonObject';

/** An own property only: a body may name a key `constructor` or `__proto__`. */
export function ownProperty(record: JsonObject, name: string): unknown {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What stands at a path such as `data.instruction.status`; list entries are counted from 0. */
export function valueAtPath(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((inner, name) => {
		if (Array.isArray(inner))
			return /^\d+$/.test(name) ? (inner as unknown[])[Number(name)] : undefined;
		return isJsonObject(inner) ? ownProperty(inner, name) : undefined;
	}, value);
}

/** Whether objects and lists stand inside each other on more than so many levels. */
export function isDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
