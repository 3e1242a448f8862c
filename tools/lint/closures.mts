import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

interface Source {
	hash: string;
	/** Files of the project that it imports, by their paths. */
	imports: string[];
	/** Whether it declares something for files that do not import it. */
	isAmbient: boolean;
}

/** What may stand behind the name in an import. */
const ENDINGS = ['', '.ts', '/index.ts'];

/**
 * A fingerprint for each file, which changes when the file, anything that it imports, directly or
 * not, or anything that counts for all files has changed. What typed rules say of a file depends on
 * nothing else.
 *
 * @param files paths below the folder
 * @param common what counts for all files, such as the settings; paths below the folder
 */
export function closureFingerprints(
	folder: string,
	files: readonly string[],
	common: readonly string[],
): Map<string, string> {
	const sources = new Map<string, Source>();
	for (const file of files) readAll(resolve(folder, file), sources);
	const ambient = [...sources].filter(([, { isAmbient }]) => isAmbient).map(([path]) => path);
	const settings = common.map((file) => hashOf(readFileSync(join(folder, file))));
	return new Map(
		files.map((file) => {
			const closure = closureOf([resolve(folder, file), ...ambient], sources);
			const hashes = closure.map((path) => `${path} ${sources.get(path)?.hash}`).sort();
			return [file, hashOf([...settings, ...hashes].join('\n'))];
		}),
	);
}

function readAll(path: string, sources: Map<string, Source>): void {
	if (sources.has(path)) return;
	const text = readFileSync(path, 'utf8');
	const imports = preProcessFile(text).importedFiles.flatMap(({ fileName }) =>
		resolved(path, fileName),
	);
	const isAmbient = /^declare (module|global)\b/m.test(text);
	sources.set(path, { hash: hashOf(text), imports, isAmbient });
	for (const imported of imports) readAll(imported, sources);
}

/** Nothing for a package. */
function resolved(importer: string, name: string): string[] {
	if (!name.startsWith('.')) return [];
	const target = join(dirname(importer), name);
	const found = ENDINGS.map((ending) => target + ending).find(
		(path) => existsSync(path) && statSync(path).isFile(),
	);
	return found === undefined ? [] : [found];
}

function closureOf(begin: readonly string[], sources: ReadonlyMap<string, Source>): string[] {
	const closure = new Set(begin);
	for (const path of closure) {
		for (const imported of sources.get(path)?.imports ?? []) closure.add(imported);
	}
	return [...closure];
}

const hashOf = (content: string | Buffer): string =>
	createHash('sha256').update(content).digest('hex');
