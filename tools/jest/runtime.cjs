const { createRequire, isBuiltin, Module } = require('node:module');
const { isAbsolute, sep } = require('node:path');
const { compileFunction, constants } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

const PACKAGES = `${sep}node_modules${sep}`;

/** By name, and by the file that asks where that is another package's. */
const packages = new Map();

/**
 * Loads the project's own modules anew for each test file, as jest does, and those of packages only
 * once for all files: n8n-core alone has 2,000 of them. For that everything runs in one realm, with
 * one `Error` and one `Array`; `environment.cjs` sees to it that no file leaves anything there.
 */
module.exports = class Runtime extends JestRuntime {
	constructor(...args) {
		super(...args);
		this.executor.compile = (source, filename) =>
			compileFunction(source, this.executor.injectedModuleParameters, {
				filename,
				importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
			});
	}

	requireModule(from, name, ...rest) {
		if (name === undefined || !isOfPackage(from, name)) {
			return super.requireModule(from, name, ...rest);
		}
		return this.requirePackage(from, name);
	}

	requirePackage(from, name) {
		const key = from.includes(PACKAGES) ? `${from}\0${name}` : name;
		if (!packages.has(key)) {
			packages.set(
				key,
				this._environment.load(() => createRequire(from)(name)),
			);
		}
		return packages.get(key);
	}

	/** jest-circus keeps the tests of a file in its own module: each file gets one that is new. */
	requireInternalModule(from, name) {
		if (name !== undefined) return createRequire(from)(name);
		const circus = new Module(from);
		circus.load(from);
		return circus.exports;
	}

	/** `process` is no copy here, so there is nothing to keep out of it. */
	installGetBuiltinModule() {}
};

function isOfPackage(from, name) {
	if (isBuiltin(name)) return false;
	return from.includes(PACKAGES) || !(name.startsWith('.') || isAbsolute(name));
}
