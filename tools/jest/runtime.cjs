const { createRequire, isBuiltin } = require('node:module');
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

	/** jest-circus collects the tests of a file in its own module, which is therefore made anew. */
	requireInternalModule(from, name) {
		const path = name === undefined ? from : createRequire(from).resolve(name);
		if (name === undefined) delete require.cache[path];
		return require(path);
	}

	/** `process` is no copy here, so there is nothing to keep out of it. */
	installGetBuiltinModule() {}
};

function isOfPackage(from, name) {
	if (isBuiltin(name)) return false;
	return from.includes(PACKAGES) || !(name.startsWith('.') || isAbsolute(name));
}
