/** An n8n release that the tools can install, and what it needs. */
export interface N8nRelease {
	version: string;
	/**
	 * The Node generation it runs on, as its native modules are built for: isolated-vm brings binaries
	 * for certain generations only, so a newer Node does not do.
	 */
	nodeMajor: number;
	/** The exact Node taken from npm when the machine's own is of another generation. */
	nodeVersion: string;
	/** About how much an install holds, for the progress line. */
	sizeInBytes: number;
	/** Native modules without which it does not run; an install is whole when they can be loaded. */
	nativeModules: string[];
	/** What this release needs in its environment beside `environment.mts`. */
	env: Record<string, string>;
	/**
	 * Of a release that is tried: the known one whose package.json, Node and environment it is given.
	 * A known one has a package.json and a lock file of its own.
	 */
	like?: N8nRelease;
}

/**
 * The n8n that `npm start` runs. Its package.json and package-lock.json lie in `versions/`.
 *
 * The overrides in that package.json: node-gyp, because the one that sqlite3 asks for fails with
 * Python 3.12 and newer; msgpackr-extract, because 3.0.7 was published without the binaries that it
 * lists, which "npm ci" refuses.
 */
export const mainRelease: N8nRelease = {
	version: '2.41.1',
	nodeMajor: 24,
	nodeVersion: '24.21.0',
	sizeInBytes: 2.6e9,
	nativeModules: ['sqlite3', 'isolated-vm'],
	/** The one module that asks n8n's servers for something at every start. */
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/**
 * The last n8n of the generation before, on the oldest Node that it and this package run on.
 *
 * The overrides in its package.json: node-gyp as above; xlsx, because the one that it asks for is
 * on no npm registry. Its other engine for expressions needs a native module that no Node 20 loads.
 */
export const previousRelease: N8nRelease = {
	version: '1.123.81',
	nodeMajor: 20,
	nodeVersion: '20.20.2',
	sizeInBytes: 1.3e9,
	nativeModules: ['sqlite3'],
	env: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/** The releases that the end-to-end tests run on, in this order. */
export const releases: [N8nRelease, ...N8nRelease[]] = [previousRelease, mainRelease];

/** The releases before this one ran on another Node, and had another editor. */
const FIRST_OF_THIS_GENERATION = 2;

/**
 * The known release of this version; otherwise one that is tried as if it were the known one of its
 * generation, and a later generation as if it were the newest.
 */
export function releaseOf(version: string): N8nRelease {
	const known = releases.find((release) => release.version === version);
	if (known !== undefined) return known;
	const isOfThis = Number.parseInt(version, 10) >= FIRST_OF_THIS_GENERATION;
	const like = isOfThis ? mainRelease : previousRelease;
	return { ...like, version, like };
}
