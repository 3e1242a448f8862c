import { isJsonObject, type JsonObject } from '../validation/jsonObject';

/** Own properties only: a body may contain a key `constructor` or `__proto__`. */
export function ownProperty(object: JsonObject, name: string): unknown {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value at a path such as `data.instruction.status`. Entries of a list are counted from 0. */
export function valueAtPath(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((inner, name) => {
		if (Array.isArray(inner))
			return /^\d+$/.test(name) ? (inner as unknown[])[Number(name)] : undefined;
		return isJsonObject(inner) ? ownProperty(inner, name) : undefined;
	}, value);
}

/** Whether objects and lists are nested on more than so many levels. */
export function isDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
