import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import glob from 'fast-glob';

/** The kinds of files that a package may hold: what n8n loads, and what npm and its page want. */
const KINDS = [
	/^(package\.json|README\.md|LICENSE\.md)$/,
	/^dist\/(nodes|credentials)\/.+\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/v\d+\.\d+\.\d+\/.+\.json$/,
	/^dist\/icons\/[^/]+\.svg$/,
];

const TEST = /(^|\/)(test|tests|__tests__)\/|\.(test|spec)\./;

/** How many bytes a packed package may have. Every n8n that runs it downloads it. */
export const LARGEST_TARBALL = 130_000;

interface Manifest {
	n8n?: { nodes?: string[]; credentials?: string[] };
}

type Icon = string | { light: string; dark: string };

/** A node carries its icon in its description, a credential on itself. */
type LoadedClass = new () => { icon?: Icon; description?: { icon?: Icon } };

/** Everything that is wrong with what an unpacked package contains, one sentence each. */
export async function contentProblems(folder: string): Promise<string[]> {
	const files = (await glob('**', { cwd: folder, dot: true })).sort();
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
	const { nodes = [], credentials = [] } = manifest.n8n ?? {};
	const unwanted = files.filter((file) => !isWanted(file));
	const wrongClasses = [...nodes, ...credentials].flatMap((path) => problemsOf(folder, path));
	return [
		...(nodes.length === 0 ? ['package.json names no node.'] : []),
		...unwanted.map((file) => `${file} does not belong there.`),
		...wrongClasses,
		...idleCode(folder, files.filter(isWanted)),
	];
}

/** The names say it all: nothing but what users of the package need may be in it. */
export const isWanted = (file: string): boolean =>
	KINDS.some((kind) => kind.test(file)) && !TEST.test(file);

/** What a tarball's size amounts to: a problem, or none. */
export function sizeProblems(bytes: number): string[] {
	if (bytes <= LARGEST_TARBALL) return [];
	return [`The tarball has ${bytes} bytes, and ${LARGEST_TARBALL} are allowed.`];
}

/** Code that was not loaded although all that n8n loads has been. */
function idleCode(folder: string, files: string[]): string[] {
	const { cache, resolve: resolved } = createRequire(join(folder, 'package.json'));
	return files
		.filter((file) => file.endsWith('.js') && cache[resolved(`./${file}`)] === undefined)
		.map((file) => `${file} is loaded by nothing.`);
}

/** n8n loads the class that a file is named after, and looks for the icon beside that file. */
function problemsOf(folder: string, path: string): string[] {
	const file = join(folder, path);
	if (!existsSync(file)) return [`${path} stands in package.json, but there is no such file.`];
	const name = basename(path).split('.')[0] ?? '';
	const exported = createRequire(file)(file) as Record<string, LoadedClass | undefined>;
	const Loaded = exported[name];
	if (Loaded === undefined) return [`${path} exports no class "${name}".`];
	const loaded = new Loaded();
	return missingIcons(file, loaded.description?.icon ?? loaded.icon).map(
		(icon) => `${path} names the icon ${icon}, which is missing.`,
	);
}

function missingIcons(file: string, icon: Icon | undefined): string[] {
	if (icon === undefined) return ['(none)'];
	const icons = typeof icon === 'string' ? [icon] : [icon.light, icon.dark];
	return icons.filter((path) => !existsSync(resolve(dirname(file), path.replace(/^file:/, ''))));
}
