import { copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runOrFail } from '../../../../tools/support/command.mts';
import type { InstalledN8n } from '../../../../tools/n8n/install.mts';

const MAGIC = 'SQLite format 3\0';

/**
 * Every value of every table, unescaped: in the file itself a long one is cut in pieces. What an
 * execution put out stands there as text, too.
 */
const DUMP = `
const { createWriteStream } = require('node:fs');
const { Database } = require('sqlite3');
const [, file, dump] = process.argv;
const database = new Database(file);
const out = createWriteStream(dump, 'latin1');
const text = (value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))).toString('latin1');
database.all("select name from sqlite_master where type = 'table'", (error, tables) => {
	if (error) throw error;
	for (const { name } of tables) {
		database.each('select * from "' + name + '"', (failure, row) => {
			if (failure) throw failure;
			for (const [column, value] of Object.entries(row)) {
				if (value !== null) out.write(name + '.' + column + ': ' + text(value) + '\\n');
			}
		});
	}
	database.close((failure) => {
		if (failure) throw failure;
		out.end();
	});
});
`;

/** One statement, with a value for its question mark. */
const CHANGE = `
const { Database } = require('sqlite3');
const [, file, statement, value] = process.argv;
const database = new Database(file);
database.run(statement, [value], function (error) {
	if (error) throw error;
	if (this.changes === 0) throw new Error('Nothing was changed.');
	database.close();
});
`;

/** All SQLite databases below a folder, whatever they are called. */
export async function databasesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const databases: string[] = [];
	for (const { parentPath, name } of files) {
		const file = join(parentPath, name);
		if ((await firstBytes(file, MAGIC.length)) === MAGIC) databases.push(file);
	}
	return databases;
}

/**
 * Writes each of these databases down as text, with what stands in its journal. It is read from a
 * copy, so that the files stay as n8n has left them.
 *
 * @returns the folder of each copy below `into`, in which `rows.txt` is
 */
export async function dumpAll(
	n8n: InstalledN8n,
	{ databases, root, into }: { databases: string[]; root: string; into: string },
): Promise<string[]> {
	const folders: string[] = [];
	for (const database of databases) {
		const folder = join(into, dirname(relative(root, database)));
		await mkdir(folder, { recursive: true });
		const copy = join(folder, 'database.sqlite');
		for (const part of ['', '-wal']) {
			if (existsSync(database + part)) await copyFile(database + part, copy + part);
		}
		await dump(n8n, folder);
		folders.push(folder);
	}
	return folders;
}

/** Writes the rows of the copy in a folder into its `rows.txt`. */
export const dump = (n8n: InstalledN8n, folder: string): Promise<string> =>
	withSqlite(n8n, DUMP, [join(folder, 'database.sqlite'), join(folder, 'rows.txt')]);

/** Changes something in the copy in a folder. */
export const change = (
	n8n: InstalledN8n,
	folder: string,
	statement: string,
	value: string,
): Promise<string> => withSqlite(n8n, CHANGE, [join(folder, 'database.sqlite'), statement, value]);

/** Runs a script with the SQLite that n8n itself uses. */
function withSqlite(n8n: InstalledN8n, script: string, args: string[]): Promise<string> {
	return runOrFail(n8n.node, ['-e', script, ...args], { cwd: n8n.folder });
}

async function firstBytes(file: string, count: number): Promise<string> {
	const handle = await open(file);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count);
		return buffer.toString('latin1', 0, bytesRead);
	} finally {
		await handle.close();
	}
}
