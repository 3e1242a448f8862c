import { check } from './start/check.mts';
import { Checklist } from './start/checklist.mts';
import { startLocal } from './start/local.mts';
import { Cleanup } from './support/cleanup.mts';
import { duration } from './support/format.mts';

const HELP = `npm start               an n8n with this package and an Imburse sandbox, on this machine alone
npm start -- --check    run the example workflow once without a person, and say whether it is right
npm start -- --help     this text
npm run n8n:remove      remove the downloaded n8n from the cache folder

The first start downloads n8n, which takes some minutes; later ones take seconds. Ctrl-C stops all.`;

/** Each resolves to the exit code. */
const commands: Record<string, () => Promise<number>> = {
	'': runLocal,
	'--check': runCheck,
	'--help': async () => {
		console.log(HELP);
		return 0;
	},
};

async function runLocal(): Promise<number> {
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping n8n and the sandbox ...'));
	try {
		await startLocal(cleanup);
		return 0;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return 1;
	} finally {
		await cleanup.finish();
	}
}

async function runCheck(): Promise<number> {
	const started = Date.now();
	const checklist = new Checklist((line) => console.log(line));
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		await check(checklist, cleanup);
	} catch (error) {
		checklist.fail('the check runs to its end', error);
	} finally {
		await cleanup.finish();
	}
	console.log(`Took ${duration(Date.now() - started)}.`);
	console.log(checklist.summary());
	return checklist.failed === 0 ? 0 : 1;
}

const flags = process.argv.slice(2).join(' ');
const command = commands[flags];
if (command === undefined) console.error(`"${flags}" is not understood.\n\n${HELP}`);
process.exitCode = command === undefined ? 2 : await command();
