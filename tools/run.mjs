// Starts a tool: `node tools/run.mjs tools/start.mts --check`. It installs what is
// missing first, and keeps everything in one process, so that a signal reaches the tool itself.
import { installDependencies } from './install.mjs';

const [tool] = process.argv.splice(2, 1);

try {
	installDependencies();
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
await import('tsx');
await import(new URL(`../${tool}`, import.meta.url).href);
