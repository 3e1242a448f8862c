import { createClock, type Clock } from './clock.mts';
import { InstructionFates } from './fates.mts';
import { LifeCycle } from './life-cycle.mts';
import { NonceMemory } from './nonces.mts';
import type { SandboxOptions } from './options.mts';
import { Store } from './store.mts';
import { AccessTokens } from './tokens.mts';
import { Webhooks } from './webhooks/webhooks.mts';

/** Everything that a call may read or change. */
export interface Sandbox {
	readonly options: SandboxOptions;
	readonly clock: Clock;
	readonly nonces: NonceMemory;
	readonly tokens: AccessTokens;
	readonly store: Store;
	readonly fates: InstructionFates;
	readonly lifeCycle: LifeCycle;
	readonly webhooks: Webhooks;
}

/** @param nextCorrelationId Imburse's own ID for what it does next */
export function createSandbox(options: SandboxOptions, nextCorrelationId: () => string): Sandbox {
	const clock = createClock(options);
	const store = new Store(clock);
	const lifeCycle = new LifeCycle(options, store);
	const webhooks = new Webhooks(options, store, clock, nextCorrelationId);
	store.watchStatus((change) => {
		webhooks.announce(change);
		lifeCycle.follow(change);
	});
	return {
		options,
		clock,
		nonces: new NonceMemory(),
		tokens: new AccessTokens(options, clock),
		store,
		fates: new InstructionFates(store, clock),
		lifeCycle,
		webhooks,
	};
}
