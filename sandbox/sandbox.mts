import { createClock, type Clock } from './clock.mts';
import { NonceMemory } from './nonces.mts';
import type { SandboxOptions } from './options.mts';
import { Store } from './store.mts';
import { AccessTokens } from './tokens.mts';

/** Everything that a call may read or change. */
export interface Sandbox {
	readonly options: SandboxOptions;
	readonly clock: Clock;
	readonly nonces: NonceMemory;
	readonly tokens: AccessTokens;
	readonly store: Store;
}

export function createSandbox(options: SandboxOptions): Sandbox {
	const clock = createClock(options);
	return {
		options,
		clock,
		nonces: new NonceMemory(),
		tokens: new AccessTokens(options, clock),
		store: new Store(clock),
	};
}
