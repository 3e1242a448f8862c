import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installedN8n } from './environment.mts';

/** A part of SheetJS, which every n8n brings. */
interface SheetJs {
	read: (content: Buffer) => Book;
	write: (book: Book, options: { type: 'buffer'; bookType: 'xlsx' }) => Buffer;
	utils: {
		book_new(): Book;
		book_append_sheet(book: Book, sheet: unknown): void;
		aoa_to_sheet(rows: unknown[][]): unknown;
		sheet_to_json(sheet: unknown): Record<string, unknown>[];
	};
}

interface Book {
	SheetNames: string[];
	Sheets: Record<string, unknown>;
}

/** Reads and writes XLSX files as n8n does. */
export interface Spreadsheets {
	write(rows: unknown[][]): Buffer;
	read(content: Buffer): Record<string, unknown>[];
}

export async function spreadsheets(): Promise<Spreadsheets> {
	const { folder, release } = await installedN8n();
	const name = release.version.startsWith('1.') ? 'xlsx' : '@e965/xlsx';
	const { read, write, utils } = createRequire(join(folder, 'package.json'))(name) as SheetJs;
	return {
		write: (rows) => {
			const book = utils.book_new();
			utils.book_append_sheet(book, utils.aoa_to_sheet(rows));
			return write(book, { type: 'buffer', bookType: 'xlsx' });
		},
		read: (content) => {
			const book = read(content);
			return utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? '']);
		},
	};
}
