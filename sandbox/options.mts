import { readFaults } from './faults/read-faults.mts';
import type { Fault } from './faults/vocabulary.mts';
import { readLifeCycle, type LifeCycleStep } from './life-cycle.mts';
import { readSettings } from './webhooks/destination.mts';
import type { DestinationSettings } from './webhooks/vocabulary.mts';

/**
 * Everything about the sandbox that can be chosen, with the defaults a newcomer gets.
 *
 * A running sandbox reads its options anew for every call, so a test may change them on the way
 * (`sandbox.options.privateKey = ...` rotates the key). `host`, `port`, `faults` and
 * `webhooks` count only at start.
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
	/** UUID that `x-account-id` must carry. */
	accountId: string;
	/** UUID that `x-tenant-id` must carry. */
	tenantId: string;
	/** 32 upper-case hex characters each (API reference 4.1, observed). */
	schemeIds: { collect: string; payout: string };
	/** The roles of the key, as in API reference 3.6. */
	roles: string[];
	/** Unknown at Imburse (API reference 3.4). */
	tokenLifetimeSeconds: number;
	/**
	 * How the token answer writes `expires` (API reference 3.4): `seconds` is a number and what was
	 * observed in 2021, `millisecondsText` is the string of the 2019 pages.
	 */
	expiresFormat: 'seconds' | 'milliseconds' | 'millisecondsText';
	/** How far the sandbox's clock is ahead of this machine's. Negative: behind. */
	clockOffsetSeconds: number;
	/** Characters of a metadata value: 500 as in the introduction, 256 on the newer pages (API reference 8). */
	metadataValueLimit: number;
	/** Imburse's pages say 404 (2022) and 400 (2023 and later) (API reference 9, row 9). */
	notFoundStatus: 400 | 404;
	/** Whether a created order is answered with the order. Expected to be empty (API reference 4.1). */
	createOrderAnswer: 'empty' | 'order';
	/** How many times a claimed reward still reads SETTLING before it reads SETTLED. */
	rewardSettlingReads: number;
	/** What goes wrong from the start; see the vocabulary in `faults/`. */
	faults: Fault[];
	/** Decides about faults that have a probability. */
	seed: number;
	/** What an instruction that is READY goes through by itself; nothing at all when empty. */
	lifeCycle: LifeCycleStep[];
	/** Where events go from the start; see the vocabulary in `webhooks/`. */
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
	 * Whether `DELETE /management/v1/notifications/webhooks/{id}` is there. Imburse has published no
	 * such path (API reference 7.1): this is for receivers that are told a path by their user.
	 */
	webhookDeletion: boolean;
}

/** Keys that are plainly fake: those of the test vectors in API reference 3.7. */
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
	createOrderAnswer: 'empty',
	rewardSettlingReads: 1,
	faults: [],
	seed: 1,
	lifeCycle: [],
	webhooks: [],
	webhookEventType: 'INSTRUCTION',
	newInstructionEvents: true,
	webhookDeletion: false,
};

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];

/** The chosen options over the defaults. Throws an Error that names the option and the fix. */
export function completeOptions(chosen: Partial<SandboxOptions>): SandboxOptions {
	const options = structuredClone({ ...defaultOptions, ...chosen });
	if (!loopbackHosts.includes(options.host)) {
		throw new Error(
			`The host ${options.host} is not a loopback address. Use ${loopbackHosts.join(', ')}.`,
		);
	}
	if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65535) {
		throw new Error('The port must be a whole number from 0 (any free port) to 65535.');
	}
	const keyBytes = Buffer.from(options.privateKey, 'base64');
	if (keyBytes.length !== 32 || keyBytes.toString('base64') !== options.privateKey) {
		throw new Error('The private key must be the Base64 text of 32 bytes: 44 characters.');
	}
	if (!(options.tokenLifetimeSeconds > 0)) {
		throw new Error('The token lifetime must be greater than 0 seconds.');
	}
	options.faults = readFaults(options.faults);
	options.lifeCycle = readLifeCycle(options.lifeCycle);
	options.webhooks = options.webhooks.map(readSettings);
	return options;
}
