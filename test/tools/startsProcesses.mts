// Not a test: a tool for stopping.test.mts to stop. It starts what `npm start` starts, in small: a
// process with a child of its own, which ends with the tool however the tool ends.
import { Cleanup } from '../../tools/support/cleanup.mts';
import { startGroup } from '../../tools/support/processGroup.mts';

const STARTS_A_CHILD = `
const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
console.log(process.pid, child.pid);
process.on('SIGTERM', () => { child.kill(); process.exit(); });
setInterval(() => {}, 1000);
`;

const cleanup = new Cleanup();
cleanup.onSignals(() => console.log('stopping'));
const child = startGroup(
	process.execPath,
	[
		'--import',
		new URL('../../tools/n8n/followParent.mjs', import.meta.url).href,
		'-e',
		STARTS_A_CHILD,
	],
	{ stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);
cleanup.add(async () => {
	child.kill('SIGTERM');
	await new Promise((resolve) => child.once('exit', resolve));
});
