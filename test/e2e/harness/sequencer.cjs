const Sequencer = require('@jest/test-sequencer').default;

const LAST = /[\\/]secrets\.test\.mts$/;

/** By path, so that every run has the same order; the search for secrets comes after all that could leave some. */
module.exports = class extends Sequencer {
	sort(tests) {
		return [...tests].sort(
			(a, b) => LAST.test(a.path) - LAST.test(b.path) || a.path.localeCompare(b.path, 'en'),
		);
	}
};
