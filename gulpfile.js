const { dest, parallel, src } = require('gulp');

/** tsc compiles; what it does not copy is copied here. */
function icons() {
	return src('icons/**/*.svg').pipe(dest('dist/icons'));
}

/** Codex files and output schemas stand beside the nodes. */
function nodeJson() {
	return src('nodes/**/*.json').pipe(dest('dist/nodes'));
}

exports.default = parallel(icons, nodeJson);
