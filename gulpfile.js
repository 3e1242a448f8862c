const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path').posix;
const { globSync } = require('fast-glob');
const { dest, parallel, series, src } = require('gulp');

const NODES = 'dist/nodes/Imburse';

/** What tsc makes of a file that holds types alone. Nothing loads it. */
const EMPTY = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

/**
 * tsc compiles; this lays the modules of the nodes flat, `rules/amount.js` as `rules-amount.js`. npm
 * packs files in the order of their names, whatever their folders: so what is alike lies together, and
 * the package is a sixteenth smaller.
 */
async function modules() {
	const compiled = new Map(
		globSync('dist/**/*.js').map((file) => [file, readFileSync(file, 'utf8')]),
	);
	rmSync(NODES, { recursive: true });
	mkdirSync(NODES);
	for (const [file, text] of compiled) {
		if (text !== EMPTY) writeFileSync(published(file), withNewPaths(text, file, compiled));
	}
}

function published(file) {
	const path = relative(NODES, file);
	return path.startsWith('..') ? file : join(NODES, path.replaceAll('/', '-'));
}

function withNewPaths(text, file, compiled) {
	return text.replace(/require\("(\.[^"]+)"\)/g, (_call, path) => {
		const target = join(dirname(file), path);
		const found = [`${target}.js`, `${target}/index.js`].find((each) => compiled.has(each));
		const wanted = relative(dirname(published(file)), published(found)).replace(/\.js$/, '');
		return `require("${wanted.startsWith('.') ? wanted : `./${wanted}`}")`;
	});
}

function icons() {
	return src('icons/**/*.svg').pipe(dest('dist/icons'));
}

/** Codex files and output schemas stand beside the nodes. */
function nodeJson() {
	return src('nodes/**/*.json').pipe(dest('dist/nodes'));
}

exports.default = series(modules, parallel(icons, nodeJson));
