import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readFaultFile } from './faults/parseFaults.mts';
import type { LifeCycleStep } from './lifeCycle.mts';
import { defaultOptions, type SandboxOptions } from './options.mts';
import { readDestinationFile } from './webhooks/destination.mts';
import type { DestinationSettings } from './webhooks/destinationSchema.mts';

interface Flag {
	description: string;
	defaultText: string;
	/** @param previous the options from the flags before, for a flag that may be given several times */
	toOptions(text: string, flag: string, previous: Partial<SandboxOptions>): Partial<SandboxOptions>;
}

/** Fixed, unlike that of a test, so that the base URL in a saved credential stays valid. */
const defaultPort = 4280;

const none = 'none';

const expiresFormats = ['seconds', 'milliseconds', 'millisecondsText'] as const;
const createResponses = ['empty', 'model'] as const;

const flags: Readonly<Record<string, Flag>> = {
	port: {
		description: 'Port, 0 for any free one',
		defaultText: String(defaultPort),
		toOptions: (text, flag) => ({ port: parseNumber(text, flag) }),
	},
	host: {
		description: 'Loopback address to listen on',
		defaultText: defaultOptions.host,
		toOptions: (host) => ({ host }),
	},
	'public-key': {
		description: 'Public key (UUID)',
		defaultText: defaultOptions.publicKey,
		toOptions: (publicKey) => ({ publicKey }),
	},
	'private-key': {
		description: 'Private key (Base64)',
		defaultText: defaultOptions.privateKey,
		toOptions: (privateKey) => ({ privateKey }),
	},
	'account-id': {
		description: 'Account ID (UUID)',
		defaultText: defaultOptions.accountId,
		toOptions: (accountId) => ({ accountId }),
	},
	'tenant-id': {
		description: 'Tenant ID (UUID)',
		defaultText: defaultOptions.tenantId,
		toOptions: (tenantId) => ({ tenantId }),
	},
	'scheme-ids': {
		description: 'IDs of a collect and a payout scheme',
		defaultText: `${defaultOptions.schemeIds.collect},${defaultOptions.schemeIds.payout}`,
		toOptions: (text, flag) => ({ schemeIds: parseSchemeIds(text, flag) }),
	},
	roles: {
		description: 'Roles of the key, separated by commas',
		defaultText: defaultOptions.roles.join(','),
		toOptions: (text) => ({ roles: text.split(',') }),
	},
	'token-lifetime': {
		description: 'Seconds that an access token works',
		defaultText: String(defaultOptions.tokenLifetimeSeconds),
		toOptions: (text, flag) => ({ tokenLifetimeSeconds: parseNumber(text, flag) }),
	},
	'expires-format': {
		description: `How the expiry of a token is written: ${expiresFormats.join(', ')}`,
		defaultText: defaultOptions.expiresFormat,
		toOptions: (text, flag) => ({ expiresFormat: parseOneOf(expiresFormats, text, flag) }),
	},
	'clock-offset': {
		description: "Seconds that the sandbox's clock is ahead; behind: --clock-offset=-600",
		defaultText: String(defaultOptions.clockOffsetSeconds),
		toOptions: (text, flag) => ({ clockOffsetSeconds: parseNumber(text, flag) }),
	},
	'metadata-value-limit': {
		description: "Characters of a metadata value; Imburse's newer pages say 256",
		defaultText: String(defaultOptions.metadataValueLimit),
		toOptions: (text, flag) => ({ metadataValueLimit: parseNumber(text, flag) }),
	},
	'create-response': {
		description: `What a create answers with: ${createResponses.join(', ')}`,
		defaultText: defaultOptions.createResponse,
		toOptions: (text, flag) => ({ createResponse: parseOneOf(createResponses, text, flag) }),
	},
	'settled-by-date-required': {
		description: 'Whether an instruction needs a settled-by date: yes, no',
		defaultText: defaultOptions.settledByDateRequired ? 'yes' : 'no',
		toOptions: (text, flag) => ({ settledByDateRequired: parseYesOrNo(text, flag) }),
	},
	gateway: {
		description: 'Whether a gateway stands in front and answers by itself at times: yes, no',
		defaultText: defaultOptions.gateway ? 'yes' : 'no',
		toOptions: (text, flag) => ({ gateway: parseYesOrNo(text, flag) }),
	},
	faults: {
		description:
			'File with a JSON array of faults; what they can be: sandbox/faults/faultSchema.mts',
		defaultText: none,
		toOptions: (file) => ({ faults: file === none ? [] : readFaultFile(file) }),
	},
	seed: {
		description: 'Whole number that decides about faults with a probability',
		defaultText: String(defaultOptions.seed),
		toOptions: (text, flag) => ({ seed: parseNumber(text, flag) }),
	},
	'life-cycle': {
		description:
			'Statuses that a READY instruction goes through, each with its milliseconds: PROCESSING:2000,SETTLED:3000',
		defaultText: none,
		toOptions: (text, flag) => ({
			lifeCycle: text === none ? [] : parseLifeCycleSteps(text, flag),
		}),
	},
	webhook: {
		description:
			'URL that events are sent to, with the default settings; may be given several times',
		defaultText: none,
		toOptions: (url, _flag, previous) => addWebhooks(previous, url === none ? [] : [{ url }]),
	},
	webhooks: {
		description:
			'File with a JSON array of webhooks; what can be set about one: sandbox/webhooks/destinationSchema.mts',
		defaultText: none,
		toOptions: (file, _flag, previous) =>
			addWebhooks(previous, file === none ? [] : readDestinationFile(file)),
	},
	'webhook-event-type': {
		description: 'Type of the events of an instruction; {status} in it is replaced',
		defaultText: defaultOptions.webhookEventType,
		toOptions: (webhookEventType) => ({ webhookEventType }),
	},
	'new-instruction-events': {
		description: 'Whether the first status of an instruction is an event too: yes, no',
		defaultText: defaultOptions.newInstructionEvents ? 'yes' : 'no',
		toOptions: (text, flag) => ({ newInstructionEvents: parseYesOrNo(text, flag) }),
	},
	'webhook-deletion': {
		description: 'Whether webhooks can be deleted at a path that Imburse never published: yes, no',
		defaultText: defaultOptions.webhookDeletion ? 'yes' : 'no',
		toOptions: (text, flag) => ({ webhookDeletion: parseYesOrNo(text, flag) }),
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
	let given: Partial<SandboxOptions> = {};
	for (const [name, flag] of Object.entries(flags)) {
		for (const text of [values[name] ?? flag.defaultText].flat().map(String)) {
			given = { ...given, ...flag.toOptions(text, name, given) };
		}
	}
	return given;
}

/** The text of `--help`. */
export function usage(): string {
	const lines = Object.entries(flags).flatMap(([name, flag]) => [
		`  --${name}`,
		`        ${flag.description}. Default: ${flag.defaultText}`,
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

function parseNumber(text: string, flag: string): number {
	if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`--${flag} must be a number, not "${text}".`);
	return Number(text);
}

function parseSchemeIds(text: string, flag: string): SandboxOptions['schemeIds'] {
	const [collect, payout, ...rest] = text.split(',');
	if (!collect || !payout || rest.length > 0) {
		throw new Error(`--${flag} must be two scheme IDs, a comma between them.`);
	}
	return { collect, payout };
}

function parseOneOf<T extends string>(known: readonly T[], text: string, flag: string): T {
	const found = known.find((one) => one === text);
	if (!found) throw new Error(`--${flag} must be one of ${known.join(', ')}.`);
	return found;
}

function parseLifeCycleSteps(text: string, flag: string): LifeCycleStep[] {
	return text.split(',').map((step) => {
		const [status, milliseconds, ...rest] = step.split(':');
		if (!status || !milliseconds || rest.length > 0) {
			throw new Error(`--${flag} must be like PROCESSING:2000,SETTLED:3000, not "${text}".`);
		}
		return { status, afterMs: parseNumber(milliseconds, flag) };
	});
}

function addWebhooks(
	{ webhooks = [] }: Partial<SandboxOptions>,
	added: readonly DestinationSettings[],
): Partial<SandboxOptions> {
	return { webhooks: [...webhooks, ...added] };
}

function parseYesOrNo(text: string, flag: string): boolean {
	if (text !== 'yes' && text !== 'no') throw new Error(`--${flag} must be yes or no.`);
	return text === 'yes';
}
