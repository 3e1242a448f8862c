import { createClock, type Clock } from './time.mts';
import { DelayedEffects } from './faults/delayedEffects.mts';
import { LifeCycle } from './lifeCycle.mts';
import { UsedNonces } from './hmacToken.mts';
import type { SandboxOptions } from './options.mts';
import { Store } from './store.mts';
import { AccessTokens } from './accessTokens.mts';
import { Webhooks } from './webhooks/webhooks.mts';

/** Everything that a request may read or change. */
export interface Sandbox {
	readonly options: SandboxOptions;
	readonly clock: Clock;
	readonly nonces: UsedNonces;
	readonly tokens: AccessTokens;
	readonly store: Store;
	readonly delayedEffects: DelayedEffects;
	readonly lifeCycle: LifeCycle;
	readonly webhooks: Webhooks;
}

/** @param nextCorrelationId creates Imburse's own correlation IDs */
export function createSandbox(options: SandboxOptions, nextCorrelationId: () => string): Sandbox {
	const clock = createClock(options);
	const store = new Store(clock);
	const lifeCycle = new LifeCycle(() => options.lifeCycle, store);
	const webhooks = new Webhooks(options, store, clock, nextCorrelationId);
	store.onStatusChange((change) => {
		webhooks.onStatusChange(change);
		lifeCycle.onStatusChange(change);
	});
	return {
		options,
		clock,
		nonces: new UsedNonces(),
		tokens: new AccessTokens(options, clock),
		store,
		delayedEffects: new DelayedEffects(store, clock),
		lifeCycle,
		webhooks,
	};
}
