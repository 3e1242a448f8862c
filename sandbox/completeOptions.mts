import { parseFaults } from './faults/parseFaults.mts';
import { parseLifeCycle } from './lifeCycle.mts';
import { defaultOptions, type SandboxOptions } from './options.mts';
import { parseSettings } from './webhooks/destination.mts';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];

/** The given options over the defaults. Throws an Error that names the option and the fix. */
export function completeOptions(given: Partial<SandboxOptions>): SandboxOptions {
	const options = structuredClone({ ...defaultOptions, ...given });
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
	options.faults = parseFaults(options.faults);
	options.lifeCycle = parseLifeCycle(options.lifeCycle);
	options.webhooks = options.webhooks.map(parseSettings);
	return options;
}
