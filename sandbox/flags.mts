import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readFaultFile } from './faults/read-faults.mts';
import type { LifeCycleStep } from './life-cycle.mts';
import { defaultOptions, type SandboxOptions } from './options.mts';
import { readWebhookFile } from './webhooks/read-file.mts';
import type { DestinationSettings } from './webhooks/vocabulary.mts';

interface Flag {
	meaning: string;
	fallback: string;
	/** @param chosen what the flags before have come to, for one that may be given several times */
	toOptions(text: string, flag: string, chosen: Partial<SandboxOptions>): Partial<SandboxOptions>;
}

/** Fixed, unlike a test's, so that the base URL in a saved credential stays right. */
const defaultPort = 4280;

const none = 'none';

const expiresFormats = ['seconds', 'milliseconds', 'millisecondsText'] as const;

const flags: Readonly<Record<string, Flag>> = {
	port: {
		meaning: 'Port, 0 for any free one',
		fallback: String(defaultPort),
		toOptions: (text, flag) => ({ port: toNumber(text, flag) }),
	},
	host: {
		meaning: 'Loopback address to listen on',
		fallback: defaultOptions.host,
		toOptions: (host) => ({ host }),
	},
	'public-key': {
		meaning: 'Public key (UUID)',
		fallback: defaultOptions.publicKey,
		toOptions: (publicKey) => ({ publicKey }),
	},
	'private-key': {
		meaning: 'Private key (Base64)',
		fallback: defaultOptions.privateKey,
		toOptions: (privateKey) => ({ privateKey }),
	},
	'account-id': {
		meaning: 'Account ID (UUID)',
		fallback: defaultOptions.accountId,
		toOptions: (accountId) => ({ accountId }),
	},
	'tenant-id': {
		meaning: 'Tenant ID (UUID)',
		fallback: defaultOptions.tenantId,
		toOptions: (tenantId) => ({ tenantId }),
	},
	'scheme-ids': {
		meaning: 'IDs of a collect and a payout scheme',
		fallback: `${defaultOptions.schemeIds.collect},${defaultOptions.schemeIds.payout}`,
		toOptions: (text, flag) => ({ schemeIds: toSchemeIds(text, flag) }),
	},
	roles: {
		meaning: 'Roles of the key, separated by commas',
		fallback: defaultOptions.roles.join(','),
		toOptions: (text) => ({ roles: text.split(',') }),
	},
	'token-lifetime': {
		meaning: 'Seconds that an access token works',
		fallback: String(defaultOptions.tokenLifetimeSeconds),
		toOptions: (text, flag) => ({ tokenLifetimeSeconds: toNumber(text, flag) }),
	},
	'expires-format': {
		meaning: `How the expiry of a token is written: ${expiresFormats.join(', ')}`,
		fallback: defaultOptions.expiresFormat,
		toOptions: (text, flag) => ({ expiresFormat: toExpiresFormat(text, flag) }),
	},
	'clock-offset': {
		meaning: "Seconds that the sandbox's clock is ahead; behind: --clock-offset=-600",
		fallback: String(defaultOptions.clockOffsetSeconds),
		toOptions: (text, flag) => ({ clockOffsetSeconds: toNumber(text, flag) }),
	},
	'metadata-value-limit': {
		meaning: "Characters of a metadata value; Imburse's newer pages say 256",
		fallback: String(defaultOptions.metadataValueLimit),
		toOptions: (text, flag) => ({ metadataValueLimit: toNumber(text, flag) }),
	},
	faults: {
		meaning: 'File with a JSON array of faults; what they can be: sandbox/faults/vocabulary.mts',
		fallback: none,
		toOptions: (file) => ({ faults: file === none ? [] : readFaultFile(file) }),
	},
	seed: {
		meaning: 'Whole number that decides about faults with a probability',
		fallback: String(defaultOptions.seed),
		toOptions: (text, flag) => ({ seed: toNumber(text, flag) }),
	},
	'life-cycle': {
		meaning:
			'Statuses that a READY instruction goes through, each with its milliseconds: PROCESSING:2000,SETTLED:3000',
		fallback: none,
		toOptions: (text, flag) => ({ lifeCycle: text === none ? [] : toLifeCycle(text, flag) }),
	},
	webhook: {
		meaning: 'URL that events are sent to, with the default settings; may be given several times',
		fallback: none,
		toOptions: (url, _flag, chosen) => withWebhooks(chosen, url === none ? [] : [{ url }]),
	},
	webhooks: {
		meaning:
			'File with a JSON array of webhooks; what can be set about one: sandbox/webhooks/vocabulary.mts',
		fallback: none,
		toOptions: (file, _flag, chosen) =>
			withWebhooks(chosen, file === none ? [] : readWebhookFile(file)),
	},
	'webhook-event-type': {
		meaning: 'Type of the events of an instruction; {status} in it is replaced',
		fallback: defaultOptions.webhookEventType,
		toOptions: (webhookEventType) => ({ webhookEventType }),
	},
	'new-instruction-events': {
		meaning: 'Whether the first status of an instruction is an event too: yes, no',
		fallback: defaultOptions.newInstructionEvents ? 'yes' : 'no',
		toOptions: (text, flag) => ({ newInstructionEvents: toYesOrNo(text, flag) }),
	},
	'webhook-deletion': {
		meaning: 'Whether webhooks can be deleted at a path that Imburse never published: yes, no',
		fallback: defaultOptions.webhookDeletion ? 'yes' : 'no',
		toOptions: (text, flag) => ({ webhookDeletion: toYesOrNo(text, flag) }),
	},
};

/** The options from a command line, or 'help'. Throws an Error that names the flag and the fix. */
export function readFlags(args: readonly string[]): Partial<SandboxOptions> | 'help' {
	const options: NonNullable<ParseArgsConfig['options']> = {
		help: { type: 'boolean', short: 'h' },
	};
	for (const name of Object.keys(flags)) {
		options[name] = { type: 'string', multiple: true };
	}
	const { values } = parseArgs({ args: [...args], options });
	if (values.help) return 'help';
	let chosen: Partial<SandboxOptions> = {};
	for (const [name, flag] of Object.entries(flags)) {
		for (const text of [values[name] ?? flag.fallback].flat().map(String)) {
			chosen = { ...chosen, ...flag.toOptions(text, name, chosen) };
		}
	}
	return chosen;
}

/** The text of `--help`. */
export function usage(): string {
	const lines = Object.entries(flags).flatMap(([name, flag]) => [
		`  --${name}`,
		`        ${flag.meaning}. Default: ${flag.fallback}`,
	]);
	return [
		'An Imburse that runs on this machine only. Nothing it does moves money.',
		'',
		'Usage: npm run sandbox -- [flags]',
		'',
		...lines,
		'  --help',
		'        This text.',
	].join('\n');
}

function toNumber(text: string, flag: string): number {
	if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`--${flag} must be a number, not "${text}".`);
	return Number(text);
}

function toSchemeIds(text: string, flag: string): SandboxOptions['schemeIds'] {
	const [collect, payout, ...rest] = text.split(',');
	if (!collect || !payout || rest.length > 0) {
		throw new Error(`--${flag} must be two scheme IDs, a comma between them.`);
	}
	return { collect, payout };
}

function toExpiresFormat(text: string, flag: string): SandboxOptions['expiresFormat'] {
	const format = expiresFormats.find((known) => known === text);
	if (!format) throw new Error(`--${flag} must be one of ${expiresFormats.join(', ')}.`);
	return format;
}

function toLifeCycle(text: string, flag: string): LifeCycleStep[] {
	return text.split(',').map((step) => {
		const [status, milliseconds, ...rest] = step.split(':');
		if (!status || !milliseconds || rest.length > 0) {
			throw new Error(`--${flag} must be like PROCESSING:2000,SETTLED:3000, not "${text}".`);
		}
		return { status, afterMs: toNumber(milliseconds, flag) };
	});
}

function withWebhooks(
	{ webhooks = [] }: Partial<SandboxOptions>,
	added: readonly DestinationSettings[],
): Partial<SandboxOptions> {
	return { webhooks: [...webhooks, ...added] };
}

function toYesOrNo(text: string, flag: string): boolean {
	if (text !== 'yes' && text !== 'no') throw new Error(`--${flag} must be yes or no.`);
	return text === 'yes';
}
