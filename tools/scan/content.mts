import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import glob from 'fast-glob';

const TOP_LEVEL = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'dist', 'package.json'];

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
	return [
		...(nodes.length === 0 ? ['package.json names no node.'] : []),
		...unwantedFiles(files),
		...[...nodes, ...credentials].flatMap((path) => problemsOf(folder, path)),
	];
}

/** The names say it all: nothing but what users of the package need may be in it. */
export function unwantedFiles(files: string[]): string[] {
	return files.flatMap((file) => {
		if (!TOP_LEVEL.includes(file.split('/')[0] ?? '')) return [`${file} does not belong there.`];
		if (/\.[cm]?tsx?$/.test(file) && !file.endsWith('.d.ts')) return [`${file} is source code.`];
		if (/(^|\/)(test|tests|__tests__)\/|\.(test|spec)\./.test(file)) return [`${file} is a test.`];
		return [];
	});
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
