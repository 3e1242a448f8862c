const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { globSync } = require('fast-glob');
const { dest, parallel, src } = require('gulp');
const { n8n } = require('./package.json');

/** What n8n loads, by the path below dist and without the ending. */
const ENTRIES = [...n8n.nodes, ...n8n.credentials].map((file) =>
	file.slice('dist/'.length, -'.js'.length),
);

/**
 * Bundles the sources into one file for each thing that n8n loads, and one that they share: what
 * they keep in memory, such as the access token, is there once. Types are checked by tsc alone.
 *
 * @param {string} dir is written to
 * @param {'none' | 'simple'} attachDebugInfo whether each source file is named before its code
 */
async function bundle(dir, attachDebugInfo = 'none') {
	const { build } = await import('rolldown');
	await build({
		cwd: __dirname,
		input: Object.fromEntries(ENTRIES.map((entry) => [entry, `./${entry}.ts`])),
		// No package is bundled: one that is imported all the same is seen by the scanner.
		external: (name, importer, isResolved) => !isResolved && !name.startsWith('.'),
		platform: 'node',
		experimental: { attachDebugInfo },
		transform: { target: 'es2022' },
		onLog: (level, log, handle) => handle(level === 'warn' ? 'error' : level, log),
		output: {
			dir,
			format: 'cjs',
			exports: 'named',
			comments: false,
			entryFileNames: '[name].js',
			chunkFileNames: 'nodes/Imburse/[name].js',
			codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
		},
	});
}

function code() {
	return bundle('dist');
}

function icons() {
	return src('icons/**/*.svg').pipe(dest('dist/icons'));
}

/** Codex files and output schemas stand beside the nodes, each on one line. */
async function nodeJson() {
	for (const file of globSync('nodes/**/*.json')) {
		const target = join('dist', file);
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(target, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
	}
}

exports.bundle = bundle;
exports.default = parallel(code, icons, nodeJson);
