const DAY_MS = 86_400_000;

/** A day that is soon, as the file writes it: nothing has to be said of it. */
function dayFromNow(days: number): string {
	const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
	return day.split('-').reverse().join('.');
}

const ROWS = [
	'Claim No.;Policyholder No.;Name;Payout;Currency;Country;Pay By;Branch',
	`CLM-2026-0417;CUST-20931;Müller;1.480,50;EUR;DE;${dayFromNow(14)};North`,
	'CLM-2026-0418;CUST-11702;O’Brien;210,00;EUR;IE;;South',
	'CLM-2026-0419;CUST-30455;Dubois;95,20;EUR;FR;;South',
	'CLM-2026-0420;;Rossi;99,00;EUR;IT;;North',
	'CLM-2026-0421;CUST-19002;Jansen;1,480.50;EUR;NL;;South',
	`CLM-2026-0422;CUST-40118;Smith;640,00;GBP;GB;${dayFromNow(30)};North`,
	'Total;;;2.524,70;;;;',
];

/** Four claims that can be paid, two with a mistake, and a total. */
export const CLAIMS_FILE = {
	name: 'claims.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(`\uFEFF${ROWS.join('\r\n')}\r\n`),
};
