const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { globSync } = require('fast-glob');
const { dest, parallel, src } = require('gulp');

/** What tsc makes of a file that holds types alone. Nothing loads it. */
const EMPTY = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

/** tsc compiles; here its output gets the indentation of the source, and loses what is empty. */
async function modules() {
	for (const file of globSync('dist/**/*.js')) {
		const text = readFileSync(file, 'utf8');
		if (text === EMPTY) rmSync(file);
		else
			writeFileSync(
				file,
				text.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
			);
	}
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

exports.default = parallel(modules, icons, nodeJson);
