import { readFlags, usage } from './flags.mts';
import { startSandbox, type RunningSandbox, type SandboxOptions } from './index.mts';

/** The values for the credential form of n8n, under the names of its fields. */
function welcome({ url, options, webhooks }: RunningSandbox): string {
	return [
		`The Imburse sandbox answers at ${url} (nothing it does moves money).`,
		'',
		'For the "Imburse API" credential in n8n:',
		'  Environment   Custom',
		`  Base URL      ${url}`,
		`  Public Key    ${options.publicKey}`,
		`  Private Key   ${options.privateKey}`,
		`  Account ID    ${options.accountId}`,
		`  Tenant ID     ${options.tenantId}`,
		'',
		'For instructions:',
		`  Scheme ID to collect (DEBIT)    ${options.schemeIds.collect}`,
		`  Scheme ID to pay out (CREDIT)   ${options.schemeIds.payout}`,
		'',
		...webhooks.destinations.flatMap((one) => [
			`Webhook            ${one.url}`,
			`  Verification Key ${one.verificationKey}`,
		]),
		`What it holds: ${url}/_sandbox/orders   What it received: ${url}/_sandbox/requests`,
		`Faults that are set: ${options.faults.length}   How often they struck: ${url}/_sandbox/faults`,
		`What it sent: ${url}/_sandbox/webhooks/deliveries   Where to: ${url}/_sandbox/webhooks/destinations`,
		'Stop it with Ctrl-C.',
	].join('\n');
}

function errorText(error: unknown, { host, port }: Partial<SandboxOptions>): string {
	const code = (error as NodeJS.ErrnoException).code;
	if (code === 'EADDRINUSE') {
		return `Port ${port} on ${host} is taken. Stop what runs there, or choose another: npm run sandbox -- --port ${Number(port) + 1}`;
	}
	return error instanceof Error ? error.message : String(error);
}

function stopWithProcess(sandbox: RunningSandbox): void {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop());
	}
}

async function main(): Promise<void> {
	let options: Partial<SandboxOptions> = {};
	try {
		const flags = readFlags(process.argv.slice(2));
		if (flags === 'help') {
			console.log(usage());
			return;
		}
		options = flags;
		const sandbox = await startSandbox(options);
		stopWithProcess(sandbox);
		console.log(welcome(sandbox));
	} catch (error) {
		console.error(errorText(error, options));
		process.exitCode = 1;
	}
}

void main();
