import { Cleanup } from '../support/cleanup.mts';
import { formatTable } from '../support/format.mts';
import { BARE_LOOP, contendersFor, importContender, timed } from './contenders.mts';
import { EchoingImburse } from './echoingImburse.mts';
import { writePlot, type Point } from './plot.mts';
import { median, serveStub, startRealN8n } from './realN8n.mts';

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
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		const stub = await serveStub(cleanup, new EchoingImburse().listener);
		const n8n = await startRealN8n(cleanup, {
			extensions: { 'BareLoop.node.js': BARE_LOOP },
			stub,
		});
		const contenders = contendersFor(n8n, stub).filter(({ name }) => SHOWN.includes(name));
		const points: Point[] = [];
		for (const count of COUNTS) {
			const runs = [];
			for (const contender of contenders) {
				const workflow = await importContender(n8n, contender, count);
				await timed(n8n, contender, workflow, count);
				runs.push({ contender, workflow, times: [] as number[] });
			}
			for (let round = 0; round < ROUNDS; round++) {
				for (const { contender, workflow, times } of runs) {
					times.push(await timed(n8n, contender, workflow, count));
				}
			}
			for (const { contender, times } of runs) {
				points.push({ line: contender.name, x: count, y: median(times) / 1000 });
			}
		}
		return await shown(points);
	} finally {
		await cleanup.finish();
	}
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
