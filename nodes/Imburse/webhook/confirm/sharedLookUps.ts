import type { LookUpResult } from './lookUp';

interface SharedLookUp {
	result: Promise<LookUpResult>;
	/** For how long after its beginning it is shared. */
	maxAgeMs: number;
	/** Milliseconds since 1970; undefined while it waits for its turn. */
	begunAt?: number;
}

/** Look-ups that several deliveries share. */
export class SharedLookUps {
	private readonly lookUps = new Map<string, SharedLookUp>();

	/**
	 * The result of a look-up that waits for its turn, or has begun no longer ago than `maxAgeMs`;
	 * otherwise that of a new one. What has failed is not handed out again.
	 *
	 * @param make makes a new one, and calls `onBegin` when it begins
	 */
	async get(
		name: string,
		maxAgeMs: number,
		make: (onBegin: () => void) => Promise<LookUpResult>,
	): Promise<LookUpResult> {
		const now = Date.now();
		const known = this.lookUps.get(name);
		if (known && isYoung(known, now)) return await known.result;
		this.lookUps.delete(name);
		this.dropOld(now);
		const shared: SharedLookUp = {
			maxAgeMs,
			result: make(() => {
				shared.begunAt ??= Date.now();
				if (maxAgeMs === 0) this.drop(name, shared);
			}),
		};
		this.lookUps.set(name, shared);
		const result = await shared.result;
		if (result.kind !== 'found') this.drop(name, shared);
		return result;
	}

	private drop(name: string, shared: SharedLookUp): void {
		if (this.lookUps.get(name) === shared) this.lookUps.delete(name);
	}

	/** They stand in the order in which they were asked for, and begin in about the same. */
	private dropOld(now: number): void {
		for (const [name, lookUp] of this.lookUps) {
			if (isYoung(lookUp, now)) return;
			this.lookUps.delete(name);
		}
	}
}

/** A clock that was set back makes nothing young. */
function isYoung({ begunAt, maxAgeMs }: SharedLookUp, now: number): boolean {
	return begunAt === undefined || (now >= begunAt && now - begunAt < maxAgeMs);
}
