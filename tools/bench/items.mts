import { formatTable } from '../support/format.mts';
import { runInTurns, withContenders } from './contenders.mts';
import { median } from './median.mts';
import { writePlot, type Point } from './plot.mts';

const COUNTS = [100, 300, 1_000, 3_000];
const ROUNDS = 3;
/** Of the contenders, those that people choose among. */
const SHOWN = [
	'HTTP Request, 10 expressions',
	'Imburse, 10 expressions, Wait Until Created',
	'Imburse, 10 expressions',
	'Imburse, columns, Wait Until Created',
	'Imburse, columns',
];

/** How the time of a real n8n grows with the number of payments; draws it, too. */
export async function timeByItems(): Promise<string> {
	return await withContenders(async (contest) => {
		const contenders = contest.contenders.filter(({ name }) => SHOWN.includes(name));
		const points: Point[] = [];
		for (const count of COUNTS) {
			for (const { name, times } of await runInTurns({ ...contest, contenders }, count, ROUNDS)) {
				points.push({ line: name, x: count, y: median(times) / 1000 });
			}
		}
		return await shown(points);
	});
}

async function shown(points: Point[]): Promise<string> {
	const title = `Time for payments, answered at once (median of ${ROUNDS} rounds in turns)`;
	const file = await writePlot({
		name: 'time-by-items',
		title,
		x: 'payments',
		y: 'seconds',
		points,
	});
	const rows = SHOWN.map((line) => [
		line,
		...points.filter((point) => point.line === line).map(({ y }) => `${y.toFixed(2)} s`),
	]);
	const table = formatTable(title, ['', ...COUNTS.map((count) => String(count))], rows);
	return `${table}\n\nDrawn: ${file}`;
}
