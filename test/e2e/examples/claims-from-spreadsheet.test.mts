import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { activateWorkflow, deactivateWorkflow } from '../../../tools/n8n/workflow.mts';
import { importExample, type ImportedExample } from '../harness/examples.mts';
import { openForm, openWaitingPage, textOf, type FormPage } from '../harness/forms.mts';
import { sharedN8n, startImburse, type TestImburse, type TestN8n } from '../harness/index.mts';
import { saveCredential } from '../../../tools/n8n/credential.mts';
import { spreadsheets, type Spreadsheets } from '../harness/spreadsheets.mts';
import { CSV, csv, HEADERS, PAID, ROWS } from './support/claimsFile.mts';

const PAY = 'Pay all of these';

let n8n: TestN8n;
let imburse: TestImburse;
let sheets: Spreadsheets;
let example: ImportedExample;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
	sheets = await spreadsheets();
	example = await importExample(n8n.api, 'claims-from-spreadsheet', imburse);
	await activateWorkflow(n8n.api, example.id);
});

afterAll(async () => {
	await deactivateWorkflow(n8n.api, example.id);
	await imburse.stop();
});

beforeEach(() => imburse.sandbox.reset());

async function bring(
	name: string,
	content: Buffer | string,
	{ workflow } = example,
): Promise<FormPage> {
	const form = await openForm(n8n.url, workflow);
	return form.submit({ 0: { name, content: Buffer.from(content) }, 1: 'Ann' });
}

/** From the form to the page with the files. */
async function pay(name: string, content: Buffer | string): Promise<FormPage> {
	const check = await bring(name, content);
	const approval = await check.submit({});
	return approval.submit({ 1: PAY, 2: 'Bert' });
}

/** A copy of the example, in which Check and Pay take days that are written in another form. */
async function withDates(datesWrittenAs: string): Promise<ImportedExample> {
	const copy = await example.copy((workflow) => ({
		...workflow,
		nodes: workflow.nodes.map(({ parameters, ...node }) => ({
			...node,
			...(node.webhookId === undefined ? {} : { webhookId: randomUUID() }),
			parameters: node.type.startsWith('n8n-nodes-imburse.')
				? { ...parameters, options: { ...(parameters.options as object), datesWrittenAs } }
				: parameters,
		})),
	}));
	await activateWorkflow(n8n.api, copy.id);
	return copy;
}

const paid = () =>
	imburse.sandbox.store.orders.flatMap(({ orderRef, instructions }) =>
		instructions.map(({ amount, currency, settledByDate }) => ({
			...{ orderRef, amount: Number(amount), currency, settledByDate },
		})),
	);

function download({ html }: FormPage, name: string): Record<string, unknown>[] {
	const [, content] = new RegExp(`download="${name}" href="data:[^,]*,([^"]*)"`).exec(html) ?? [];
	if (content === undefined) throw new Error(`The page has no file ${name}.`);
	return sheets.read(Buffer.from(content, 'base64'));
}

describe('Claims from a spreadsheet', () => {
	it('shows what a CSV holds and what is wrong, and pays nothing yet', async () => {
		const check = await bring('claims.csv', CSV);
		const text = textOf(check);

		expect(text).toContain('3 payments: 1,690.50 EUR, 0.01 GBP');
		expect(text).toContain('Not to be paid: 5');
		expect(text).toContain('CLM-102 99,00 EUR Row 3: Customer Reference');
		expect(text).toContain('"1,480.50" is not written as 1.234,56');
		expect(check.html).not.toContain('<img src=x');
		expect(imburse.sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('pays what was approved, once, and hands out the results and the failures', async () => {
		const end = await pay('claims.csv', CSV);
		await end.finish();

		expect(paid()).toEqual(PAID);
		expect(imburse.sandbox.store.orders.map(({ metadata }) => ({ ...metadata }))).toEqual([
			{ 'Claim No.': 'CLM-100', Branch: 'North' },
			{ 'Claim No.': 'CLM-101' },
			{ 'Claim No.': 'CLM-105', Branch: 'South' },
		]);
		expect(textOf(end)).toContain('3 payments made, 5 not made');
		expect(download(end, 'results.xlsx')).toMatchObject([
			{ Claim: 'CLM-100', Amount: '1480.50', Outcome: 'made', 'Approved by': 'Bert' },
			{
				Claim: 'CLM-101',
				Policyholder: 'CUST-2 Weiß; Söhne',
				Amount: '210.00',
				'Brought by': 'Ann',
			},
			{ Claim: 'CLM-105', Policyholder: 'CUST-6 <b>B</b> $& <img src=x>' },
		]);
		expect(download(end, 'failed.xlsx')).toMatchObject([
			{ Claim: 'CLM-102', Outcome: 'wrong in the file, not sent' },
			{ Claim: 'CLM-103', Reason: expect.stringContaining('is not written as 1.234,56') },
			{ Claim: 'CLM-104', Reason: expect.stringContaining('also the reference of row 6') },
			{ Claim: 'CLM-104', Reason: expect.stringContaining('also the reference of row 5') },
			{ Claim: 'Total' },
		]);

		const again = await pay('claims.csv', CSV);
		await again.finish();
		expect(paid()).toEqual(PAID);
		expect(textOf(again)).toContain('0 payments made, 3 made before, 5 not made');
	});

	it('says of each payment that fails whether it was paid, and finishes the others', async () => {
		imburse.sandbox.setFaults([
			{
				...{ kind: 'answer', at: 'beforeWrite', status: 403, body: 'html' },
				...{ reference: 'CLM-101', route: 'createOrder' },
			},
			{ kind: 'reset', at: 'afterWrite', reference: 'CLM-105' },
		]);
		const end = await pay('claims.csv', CSV);
		await end.finish();

		expect(textOf(end)).toContain('1 payments made, 1 unknown, 6 not made');
		expect(download(end, 'results.xlsx')).toMatchObject([
			{ Claim: 'CLM-100', Outcome: 'made' },
			{ Claim: 'CLM-101', Outcome: 'not made' },
			{ Claim: 'CLM-105', Outcome: 'unknown' },
		]);
		imburse.sandbox.clearFaults();
		// A connection that is lost over a token of the run before has made nothing, otherwise it has.
		const before = paid().length;
		const again = await pay('claims.csv', CSV);
		await again.finish();
		expect(paid()).toEqual(expect.arrayContaining(PAID));
		expect(paid()).toHaveLength(PAID.length);
		const made = `${PAID.length - before} payments made, ${before} made before, 5 not made`;
		expect(textOf(again)).toContain(made);
	});

	it('pays nothing when the account was changed after the approval page was shown', async () => {
		const { accountId } = imburse.sandbox.options;
		const approval = await (await bring('claims.csv', CSV)).submit({});
		await saveCredential(n8n.api, imburse.credential, { accountId: randomUUID() });
		const end = await approval.submit({ 1: PAY, 2: 'Bert' });
		await end.finish();
		await saveCredential(n8n.api, imburse.credential, { accountId });

		expect(imburse.sandbox.store.orders).toEqual([]);
		expect(textOf(end)).toContain('0 payments made, 8 not made');
		expect(download(end, 'results.xlsx')).toMatchObject(
			PAID.map(({ orderRef }) => ({ Claim: orderRef, Reason: expect.stringContaining('account') })),
		);
	});

	it('takes an XLSX with dates and amounts as numbers', async () => {
		const rows = [
			HEADERS,
			['CLM-100', 'CUST-1', 'Müller', 1480.5, 'EUR', 'IE', 47848, 'North'],
			['CLM-101', 'CUST-2', 'Text', '210', 'EUR', 'IE', null, null],
			[null, null, null, null, null, null, null, null],
			['CLM-105', 'CUST-6', 'Text', '0,01', 'GBP', 'GB', '01.02.2031', 'South'],
			['Total', null, null, 1690.51],
		];
		const end = await pay('Claims.XLSX', sheets.write(rows));
		await end.finish();

		expect(paid()).toEqual(PAID);
		expect(download(end, 'failed.xlsx')).toMatchObject([{ Claim: 'Total', Amount: '1690.51' }]);
	});

	it.each([
		['commas', Buffer.from(csv([HEADERS, ...ROWS], ','))],
		['tabs and a byte order mark', Buffer.from(`\uFEFF${csv([HEADERS, ...ROWS], '\t')}`)],
		[
			'columns without a heading',
			Buffer.from(csv([HEADERS, ...ROWS].map((row) => [...row, '', '']))),
		],
		['Windows-1252', Buffer.from(csv([HEADERS, ...ROWS]), 'latin1')],
	])('takes a CSV with %s', async (_, content) => {
		const check = await bring('claims.csv', content);

		expect(textOf(check)).toContain('3 payments: 1,690.50 EUR, 0.01 GBP');
		expect(textOf(check)).toContain('CUST-1 Müller');
	});

	it.each([
		[
			'at the end',
			'Claim No.,Policyholder No.,Currency,Country,Pay By,Branch,Payout,\n' +
				'CLM-100,CUST-1,EUR,IE,,North,1480,50',
		],
		[
			'between others',
			'Claim No.,Policyholder No.,Payout,,Currency,Country,Pay By,Branch\n' +
				'CLM-100,CUST-1,1480,50,EUR,IE,,North',
		],
	])('does not cut an amount at its comma where a heading is missing %s', async (_, content) => {
		const end = await bring('claims.csv', content);

		expect(textOf(end)).toContain('This file cannot be read');
		await end.finish();
	});

	it('shows money with the digits of its currency, on the page and at the end', async () => {
		const payments = [
			['CLM-1', 'CUST-1', 'Euro', '1234567', 'EUR', 'IE', '', ''],
			['CLM-2', 'CUST-2', 'Yen', '1.234.567', 'JPY', 'JP', '', ''],
			['CLM-3', 'CUST-3', 'Dinar', '1.000,5', 'KWD', 'KW', '', ''],
		];
		const check = await bring('claims.csv', csv([HEADERS, ...payments]));
		const amounts = ['1,234,567.00 EUR', '1,234,567 JPY', '1,000.500 KWD'];

		expect(textOf(check)).toContain(`3 payments: ${[0, 1, 2].map((n) => amounts[n]).join(', ')}`);
		for (const amount of amounts) expect(textOf(check).split(amount)).toHaveLength(3);
		const end = await (await check.submit({})).submit({ 1: PAY, 2: 'Bert' });
		await end.finish();
		for (const amount of amounts) expect(textOf(end)).toContain(`${amount} made`);
	});

	const LOOSE = ['claim_no.', ' POLICYHOLDER NO.', 'name', 'PayOut', 'currency ', 'COUNTRY'];

	it('takes headings with other capitals and spaces, and shows the same', async () => {
		const headers = [...LOOSE, 'pay-by', 'branch'];
		const check = await bring('claims.csv', csv([headers, ...ROWS]));
		expect(textOf(check)).toContain('3 payments: 1,690.50 EUR, 0.01 GBP');
		expect(textOf(check)).toContain('CLM-102 99,00 EUR Row 3: Customer Reference');
		expect(textOf(check)).toContain('CUST-1 Müller');

		const end = await (await check.submit({})).submit({ 1: PAY, 2: 'Bert' });
		await end.finish();
		expect(paid()).toEqual(PAID);
		expect(download(end, 'failed.xlsx')).toMatchObject([{ Claim: 'CLM-102' }, {}, {}, {}, {}]);
	});

	it('pays nothing where two headings differ in nothing but capitals', async () => {
		const rows = [
			[...HEADERS, 'PAYOUT'],
			['CLM-100', 'CUST-1', 'Two', '1', 'EUR', 'IE', '', '', '2'],
		];
		const end = await bring('claims.csv', csv(rows));

		expect(textOf(end)).toContain('it can be the column "Payout" or "PAYOUT"');
		await end.finish();
	});

	it('says once what is wrong with all rows, and that it is all of them', async () => {
		const headers = HEADERS.map((name) => (name === 'Payout' ? 'Sum' : name));
		const end = await bring('claims.csv', csv([headers, ...ROWS]));

		expect(textOf(end)).toContain('CLM-100 CLM-101 CLM-102 and 5 more All 8 rows: ');
		expect(textOf(end).split('no row has a column "Payout"')).toHaveLength(2);
		await end.finish();
	});

	it('says once what is wrong with several rows, beside the rows that are right', async () => {
		const rows = ROWS.slice(0, 2).concat(
			['1', '2', '3', '4'].map((n) => [`CLM-${n}`, `CUST-${n}`, '', '1,00', 'Euro', 'IE', '', '']),
		);
		const check = await bring('claims.csv', csv([HEADERS, ...rows]));

		expect(textOf(check)).toContain('Not to be paid: 4');
		expect(textOf(check)).toContain('CLM-1 CLM-2 CLM-3 and 1 more 4 rows: Currency (column ');
	});

	it.each([
		['DD.MM.YYYY', '01.02.2031', '1/2/2031'],
		['DD/MM/YYYY', '01/02/2031', '01.02.2031'],
		['MM/DD/YYYY', '02/01/2031', '2031-02-01'],
		['iso', '2031-02-01', '01.02.2031'],
		['serialDay', '47880', '2031-02-01'],
	])('reads the days of an XLSX that are written as %s', async (form, text, other) => {
		const row = (claim: string, day: unknown) => [claim, 'CUST-1', '', '1', 'EUR', 'IE', day, ''];
		// A day, a day with the time of 23:59, the day as a text, and one in another form.
		const days = [47880, form === 'serialDay' ? 47880 : 47880.9993, text, other];
		const file = sheets.write([HEADERS, ...days.map((day, n) => row(`CLM-${n}`, day))]);
		const copy = await withDates(form);
		const check = await bring('claims.xlsx', file, copy);
		await deactivateWorkflow(n8n.api, copy.id);

		expect(textOf(check)).toContain('Not to be paid: 1');
		expect(textOf(check).split('1.00 EUR 2031-02-01')).toHaveLength(4);
	});

	it('does not lose the day where its heading is written in another way', async () => {
		const headers = HEADERS.map((name) => (name === 'Pay By' ? 'Due' : name));
		const check = await bring('claims.csv', csv([headers, ROWS[0]!]));

		expect(textOf(check)).toContain('No row of this file can be paid');
		await check.finish();
	});

	it('shows the day by which each is paid, as it was understood', async () => {
		const check = await bring('claims.csv', CSV);

		expect(textOf(check)).toContain('2030-12-31');
		expect(textOf(check)).toContain('2031-02-01');
	});

	it('does not take an XLSX in which a heading comes twice', async () => {
		const rows = [
			[...HEADERS, 'Payout'],
			['CLM-100', 'CUST-1', 'Two', 1, 'EUR', 'IE', null, null, 2],
		];
		const end = await bring('claims.xlsx', sheets.write(rows));
		expect(textOf(end)).toContain('a heading comes twice');
		await end.finish();
	});

	it('takes a CSV for one whatever its name says, since SheetJS would make 150 of 1,50', async () => {
		const rows = [
			[...ROWS[0]!.slice(0, 3), '1,50', ...ROWS[0]!.slice(4)],
			['00017', 'CUST-2', 'Zeros', '1.234', 'EUR', 'IE', '', ''],
		];
		const end = await pay('claims.xlsx', csv([HEADERS, ...rows]));
		await end.finish();

		expect(paid()).toEqual([
			{ orderRef: 'CLM-100', amount: 1.5, currency: 'EUR', settledByDate: '2030-12-31' },
			{ orderRef: '00017', amount: 1234, currency: 'EUR', settledByDate: null },
		]);
	});

	it('takes an XLSX for one whatever its name says', async () => {
		const rows = [HEADERS, ['CLM-100', 'CUST-1', 'Müller', 1480.5, 'EUR', 'IE', null, null]];
		const end = await pay('claims.csv', sheets.write(rows));
		await end.finish();

		expect(paid()).toMatchObject([{ orderRef: 'CLM-100', amount: 1480.5 }]);
	});

	it('lets another person decide on the page whose address is shown', async () => {
		const check = await bring('claims.csv', CSV);
		const [, address = ''] = /<a href="([^"]*form-waiting[^"]*)"/.exec(check.html) ?? [];
		await check.submit({});

		const approval = await openWaitingPage(address);
		expect(textOf(approval)).toContain('From claims.csv, brought by Ann');
		const end = await approval.submit({ 1: PAY, 2: 'Bert' });
		await end.finish();
		expect(paid()).toEqual(PAID);
	});

	it.each([
		['the person who brought the file', { 1: PAY, 2: ' ANN ' }, 'Who brings the file'],
		['nobody', { 1: PAY, 2: ' ' }, 'Who brings the file'],
		['a person who refuses', { 1: 'Pay nothing', 2: 'Bert' }, 'The payments were not approved'],
		['an empty form', {}, 'The payments were not approved'],
	])('pays nothing after the decision of %s', async (_, decision, words) => {
		const approval = await (await bring('claims.csv', CSV)).submit({});
		const end = await approval.submit(decision);

		expect(textOf(end)).toContain(words);
		await end.finish();
		expect(imburse.sandbox.store.orders).toEqual([]);
	});

	it.each([
		['other columns', 'claims.csv', 'Claim;Sum\r\nCLM-1;10', 'no row has a column'],
		['no rows', 'claims.csv', HEADERS.join(';'), 'there are no rows below the headings'],
		['a row that is too short', 'claims.csv', `${HEADERS.join(';')}\r\nTotal;1`, 'cannot be read'],
		[
			'a heading twice',
			'claims.csv',
			`Claim No.;Payout;"Payout"\r\nCLM-1;1;2`,
			'a heading comes twice',
		],
		['no sheet in it', 'claims.xlsx', 'nothing', 'there are no rows below the headings'],
	])('ends on a page that says why for a file with %s', async (_, name, content, words) => {
		const end = await bring(name, content);

		expect(textOf(end)).toContain(words);
		await end.finish();
		expect(imburse.sandbox.store.orders).toEqual([]);
	});
});
