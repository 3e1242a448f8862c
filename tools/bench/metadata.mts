import type { IDataObject } from 'n8n-workflow';
import type { ImburseOnEngine } from '../../test/engine/support/imburse.mts';
import { formatTable } from '../support/format.mts';
import { whileNodeRuns } from './nodeTime.mts';

const ROWS = 10_000;
const KEYS = Array.from({ length: 50 }, (_, i) => `key${i}`);
const VALUE_LENGTH = 500;
const SAME_FOR_ALL = { direction: 'CREDIT', currency: 'EUR', country: 'DE' };
/** What is looked for in a text, numbers above all, decides how long it takes. */
const TEXTS = {
	words: 'Water came through the ceiling of the kitchen and ran into the room below. ',
	'words and figures': 'Claim 4711 of 2026-11-28, 3 rooms, 1,480.50 EUR, policy HOME-88-1203. ',
	'digits alone (all of them part of a number)': '4 4 ',
	'digits that are no card number': '5 5 ',
	'beginnings of IBANs that are none': 'LC12 ',
};

/** Checks rows that have the most metadata that Imburse takes; sends nothing. */
export async function metadataSpeed(imburse: ImburseOnEngine): Promise<string> {
	await check(imburse, TEXTS.words, ROWS / 50);
	const rows: string[][] = [];
	for (const [name, text] of Object.entries(TEXTS)) {
		const milliseconds = await check(imburse, text, ROWS);
		rows.push([
			name,
			`${(milliseconds / 1000).toFixed(1)} s`,
			`${((milliseconds * 1000) / ROWS / KEYS.length).toFixed(1)} µs`,
		]);
	}
	const title = `Rows with ${KEYS.length} metadata values of ${VALUE_LENGTH} characters (Validate Only)`;
	return formatTable(title, ['values', `${ROWS} rows`, 'each value'], rows);
}

/** Milliseconds of the node itself. */
async function check(imburse: ImburseOnEngine, text: string, rows: number): Promise<number> {
	const items = Array.from({ length: rows }, (_, row) => rowOf(text, row));
	return await whileNodeRuns(watchTime, async () => {
		const run = await imburse.run(
			{
				resource: 'paymentOrder',
				operation: 'create',
				inputMode: 'columns',
				columns: { orderRef: 'ref', instructionRef: 'ref', customerRef: 'ref', amount: 'amount' },
				sameForAllRows: SAME_FOR_ALL,
				metadataColumns: KEYS.join(','),
				options: { validateOnly: true, sensitiveData: 'hint' },
			},
			{ items, onError: 'continueErrorOutput' },
		);
		if (run.success.length !== rows) throw new Error(JSON.stringify(run.failed[0] ?? run.error));
	});
}

/** No two values are the same text, as in a sheet, and each is one piece, as n8n has read it from JSON. */
function rowOf(text: string, row: number): IDataObject {
	const filled = text.repeat(Math.ceil(VALUE_LENGTH / text.length));
	const values = KEYS.map((key) => {
		const own = ` ${key} ${row}`;
		return [key, `${filled.slice(0, VALUE_LENGTH - own.length)}${own}`] as const;
	});
	const written = { ref: `CLAIM-${row}`, amount: '10.50', ...Object.fromEntries(values) };
	return JSON.parse(JSON.stringify(written)) as IDataObject;
}

function watchTime(): () => number {
	const started = performance.now();
	return () => performance.now() - started;
}
