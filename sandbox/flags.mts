import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readFaultFile } from './faults/read-faults.mts';
import { defaultOptions, type SandboxOptions } from './options.mts';

interface Flag {
	meaning: string;
	fallback: string;
	toOptions(text: string, flag: string): Partial<SandboxOptions>;
}

/** Fixed, unlike a test's, so that the base URL in a saved credential stays right. */
const defaultPort = 4280;

const noFaults = 'none';

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
		fallback: noFaults,
		toOptions: (file) => ({ faults: file === noFaults ? [] : readFaultFile(file) }),
	},
	seed: {
		meaning: 'Whole number that decides about faults with a probability',
		fallback: String(defaultOptions.seed),
		toOptions: (text, flag) => ({ seed: toNumber(text, flag) }),
	},
};

/** The options from a command line, or 'help'. Throws an Error that names the flag and the fix. */
export function readFlags(args: readonly string[]): Partial<SandboxOptions> | 'help' {
	const options: NonNullable<ParseArgsConfig['options']> = {
		help: { type: 'boolean', short: 'h' },
	};
	for (const name of Object.keys(flags)) options[name] = { type: 'string' };
	const { values } = parseArgs({ args: [...args], options });
	if (values.help) return 'help';
	return Object.entries(flags).reduce<Partial<SandboxOptions>>((chosen, [name, flag]) => {
		const value = values[name];
		const text = typeof value === 'string' ? value : flag.fallback;
		return { ...chosen, ...flag.toOptions(text, name) };
	}, {});
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
