import { createClock, type Clock } from './clock.mts';
import { InstructionFates } from './fates.mts';
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
	readonly fates: InstructionFates;
}

export function createSandbox(options: SandboxOptions): Sandbox {
	const clock = createClock(options);
	const store = new Store(clock);
	return {
		options,
		clock,
		nonces: new NonceMemory(),
		tokens: new AccessTokens(options, clock),
		store,
		fates: new InstructionFates(store, clock),
	};
}
