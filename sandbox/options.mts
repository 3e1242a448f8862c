import type { Fault } from './faults/faultSchema.mts';
import type { LifeCycleStep } from './lifeCycle.mts';
import type { DestinationSettings } from './webhooks/destinationSchema.mts';

/**
 * The options of the sandbox.
 *
 * A running sandbox reads its options anew for every request, so a test may change them while it runs
 * (`sandbox.options.privateKey = ...` rotates the key). `host`, `port`, `faults` and `webhooks` count
 * only at the start.
 */
export interface SandboxOptions {
	/** Loopback only: the admin endpoints ask for no key. */
	host: string;
	/** 0 takes any free port. */
	port: number;
	/** UUID (API reference 3.1, documented). */
	publicKey: string;
	/** Base64 text of 32 bytes, 44 characters (API reference 3.1, documented). */
	privateKey: string;
	/** UUID that `x-account-id` must hold. */
	accountId: string;
	/** UUID that `x-tenant-id` must hold. */
	tenantId: string;
	/** 32 upper-case hex characters each (API reference 4.1, observed). */
	schemeIds: { collect: string; payout: string };
	/** The roles of the key, as in API reference 3.6. */
	roles: string[];
	/** Unknown at Imburse (API reference 3.4). */
	tokenLifetimeSeconds: number;
	/**
	 * The format of `expires` in the response of the token call (API reference 3.4): `seconds` is a
	 * number, observed in 2021; `millisecondsText` is the string of the 2019 pages.
	 */
	expiresFormat: 'seconds' | 'milliseconds' | 'millisecondsText';
	/** How far the sandbox's clock is ahead of this machine's. Negative: behind. */
	clockOffsetSeconds: number;
	/** Characters of a metadata value: 500 as in the introduction, 256 on the newer pages (API reference 8). */
	metadataValueLimit: number;
	/** Imburse's pages say 404 (2022) and 400 (2023 and later) (API reference 9, row 9). */
	notFoundStatus: 400 | 404;
	/**
	 * The response body of a create. For an order and for an instruction it is expected to be empty; for
	 * an instruction it is documented to be its model (API reference 4.1).
	 */
	createResponse: 'empty' | 'model';
	/** Whether an instruction needs a settled-by date: sources contradict each other (API reference 4.1). */
	settledByDateRequired: boolean;
	/** What a cancelled instruction says. VOID fits, by API reference 4.1 (inferred). */
	cancelledStatus: string;
	/** How many reads of an instruction still show it as it was before it was cancelled. */
	cancelAfterReads: number;
	/**
	 * Whether a gateway stands in front and answers by itself where there is no such path, or no token
	 * that it knows: in the shape of API reference 6, shape D.
	 */
	gateway: boolean;
	/** How many reads of a claimed reward say SETTLING before one says SETTLED. */
	rewardSettlingReads: number;
	/** Faults that are set at the start; see `faults/faultSchema.mts`. */
	faults: Fault[];
	/** Seed of the random numbers for faults with a probability. */
	seed: number;
	/** The statuses that a READY instruction goes through by itself; none when empty. */
	lifeCycle: LifeCycleStep[];
	/** Destinations of events at the start; see `webhooks/destinationSchema.mts`. */
	webhooks: DestinationSettings[];
	/**
	 * The type of the events of an instruction, `{status}` in it replaced by its status. INSTRUCTION is
	 * inferred from the documented CHARGEBACK, CUSTOMER and FINANCIAL_INSTRUMENT (API reference 7.1
	 * and 7.2).
	 */
	webhookEventType: string;
	/** Whether an instruction's first status is an event too. Unknown at Imburse (API reference 7.2). */
	newInstructionEvents: boolean;
	/**
	 * Whether `DELETE /management/v1/notifications/webhooks/{id}` exists. Imburse has published no
	 * such path (API reference 7.1): this is for receivers whose user enters a path.
	 */
	webhookDeletion: boolean;
}

/** The keys are plainly fake: those of the test vectors in API reference 3.7. */
export const defaultOptions: Readonly<SandboxOptions> = {
	host: '127.0.0.1',
	port: 0,
	publicKey: '11111111-2222-4333-8444-555555555555',
	privateKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
	accountId: 'aaaaaaaa-0000-4000-8000-000000000001',
	tenantId: 'bbbbbbbb-0000-4000-8000-000000000002',
	schemeIds: {
		collect: 'C0000000000000000000000000000001',
		payout: 'D0000000000000000000000000000002',
	},
	roles: ['tenant-admin'],
	tokenLifetimeSeconds: 3600,
	expiresFormat: 'seconds',
	clockOffsetSeconds: 0,
	metadataValueLimit: 500,
	notFoundStatus: 400,
	createResponse: 'empty',
	settledByDateRequired: false,
	cancelledStatus: 'VOID',
	cancelAfterReads: 0,
	gateway: false,
	rewardSettlingReads: 1,
	faults: [],
	seed: 1,
	lifeCycle: [],
	webhooks: [],
	webhookEventType: 'INSTRUCTION',
	newInstructionEvents: true,
	webhookDeletion: false,
};
