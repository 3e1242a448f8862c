export const HEADERS = [
	...['Claim No.', 'Policyholder No.', 'Name', 'Payout'],
	...['Currency', 'Country', 'Pay By', 'Branch'],
];

/** As a finance department writes it: a row without a payee, a claim that comes twice, a total. */
export const ROWS = [
	['CLM-100', 'CUST-1', 'Müller', '1.480,50', 'EUR', 'IE', '31.12.2030', 'North'],
	['CLM-101', 'CUST-2', 'Weiß; Söhne', '210', 'EUR', 'IE', '', ''],
	['CLM-102', '', 'Nobody', '99,00', 'EUR', 'IE', '', 'South'],
	['CLM-103', 'CUST-4', 'Point', '1,480.50', 'EUR', 'IE', '', 'South'],
	['CLM-104', 'CUST-5', 'Twice', '10,00', 'EUR', 'IE', '', 'South'],
	['CLM-104', 'CUST-5', 'Twice', '10,00', 'EUR', 'IE', '', 'South'],
	['CLM-105', 'CUST-6', '<b>B</b> $& <img src=x>', '0,01', 'GBP', 'GB', '01.02.2031', 'South'],
	['', '', '', '', '', '', '', ''],
	['Total', '', '', '1.789,51', '', '', '', ''],
];

export function csv(rows: string[][], delimiter = ';'): string {
	const lineOf = (row: string[]) => row.map((cell) => quoted(cell, delimiter)).join(delimiter);
	return rows.map(lineOf).join('\r\n');
}

const quoted = (cell: string, delimiter: string) => (cell.includes(delimiter) ? `"${cell}"` : cell);

/** With a byte order mark, semicolons, and an empty line at its end. */
export const CSV = `\uFEFF${csv([HEADERS, ...ROWS])}\r\n\r\n`;

/** What of it is to be paid. */
export const PAID = [
	{ orderRef: 'CLM-100', amount: 1480.5, currency: 'EUR', settledByDate: '2030-12-31' },
	{ orderRef: 'CLM-101', amount: 210, currency: 'EUR', settledByDate: null },
	{ orderRef: 'CLM-105', amount: 0.01, currency: 'GBP', settledByDate: '2031-02-01' },
];
