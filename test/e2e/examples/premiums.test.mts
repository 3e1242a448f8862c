import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
	importExample,
	sharedN8n,
	startImburse,
	withPinned,
	type ImportedExample,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

const SCHEDULE = 'First of the Month';

let n8n: TestN8n;
let imburse: TestImburse;
let example: ImportedExample;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(async () => {
	imburse.sandbox.reset();
	example = await importExample(n8n.api, 'premiums', imburse);
	await example.press();
});

/** The reference, the direction and the amount of everything that Imburse has. */
const payments = () =>
	imburse.sandbox.store.orders
		.flatMap(({ orderRef, instructions }) =>
			instructions.map(({ direction, amount, currency }) =>
				[orderRef, direction, amount, currency].join(' '),
			),
		)
		.sort();

/** The example with the schedule's item of a moment. */
const at = (timestamp: string): Promise<ImportedExample> =>
	example.copy((workflow) => withPinned(workflow, SCHEDULE, [{ timestamp }]));

describe('the premiums of a month', () => {
	const DECEMBER = ['HOME-88-1203-2030-12 DEBIT 18.90 EUR', 'MOTOR-1001-2030-12 DEBIT 42.50 EUR'];

	it('are collected once, whoever runs the workflow again', async () => {
		const first = await (await at('2030-12-01T06:00:00.000+00:00')).press(SCHEDULE);
		expect(first.output('Sent Now')).toHaveLength(2);
		expect(payments()).toEqual(DECEMBER);

		const second = await (await at('2030-12-01T06:00:01.000+00:00')).press(SCHEDULE);
		expect(second.output('Sent Now')).toEqual([]);
		expect(second.output('Had Been Sent Before')).toHaveLength(2);
		await (await at('2030-12-17T15:00:00.000+00:00')).press(SCHEDULE);
		expect(payments()).toEqual(DECEMBER);
		expect(imburse.sandbox.counts.instructions).toBe(2);
	});

	it('are those of the day in the workflow’s time zone', async () => {
		// In UTC it is still 30 November.
		await (await at('2030-12-01T00:30:00.000+13:00')).press(SCHEDULE);
		expect(payments()).toEqual(DECEMBER);
		await (await at('2031-01-01T06:00:00.000+00:00')).press(SCHEDULE);
		expect(payments()).toHaveLength(4);
	});

	it('are not collected again when a policy has changed', async () => {
		const month = await at('2030-12-01T06:00:00.000+00:00');
		await month.press(SCHEDULE);
		const dearer = await month.copy((workflow) =>
			withPinned(workflow, 'All Policies', [{ ...policy('MOTOR-1001'), premium: '45.00' }]),
		);
		const copy = await dearer.copy((workflow) => ({
			...workflow,
			pinData: { ...month.workflow.pinData, ...workflow.pinData },
		}));
		const run = await copy.press(SCHEDULE);
		expect(run.output('Not Sent or Not Known')).toEqual([
			expect.objectContaining({ policyNumber: 'MOTOR-1001', outcome: 'conflict' }),
		]);
		expect(payments()).toEqual(DECEMBER);
	});

	it('are not collected, and named, where a policy has no number or is not clear', async () => {
		const month = await at('2030-12-01T06:00:00.000+00:00');
		const copy = await month.copy((workflow) => ({
			...workflow,
			pinData: {
				...workflow.pinData,
				...withPinned(workflow, 'All Policies', [
					{ ...policy('A-1'), active: ' Yes' },
					{ ...policy('A-2'), active: 'true' },
					{ ...policy('A-3'), active: null },
					{ ...policy('A-4'), active: 'no' },
					policy(null),
				]).pinData,
			},
		}));
		const run = await copy.press(SCHEDULE);
		expect(payments()).toEqual(['A-1-2030-12 DEBIT 42.50 EUR']);
		const unclear = run.output('Neither Yes nor No').map(({ policyNumber }) => policyNumber);
		expect(unclear).toEqual(['A-2', 'A-3']);
		expect(run.output('Not Sent or Not Known')).toMatchObject([{ outcome: 'invalid' }]);
	});
});

const policy = (policyNumber: string | null) => ({
	...{ policyNumber, customerRef: 'CUST-20931', active: 'yes' },
	...{ premium: '42.50', currency: 'EUR', country: 'IE' },
});

it.each([
	['Pacific/Kiritimati', '+14:00'],
	['Pacific/Pago_Pago', '-11:00'],
])('the schedule tells the day in the workflow’s time zone, %s', async (timezone, offset) => {
	const there = await example.copy((workflow) => ({
		...workflow,
		settings: { ...workflow.settings, timezone },
	}));
	const run = await there.press(SCHEDULE);
	const [{ timestamp } = {}] = run.output(SCHEDULE);
	expect(timestamp).toMatch(new RegExp(`^\\d{4}-\\d{2}-\\d{2}T.*\\${offset}$`));
	const [{ month } = {}] = run.output('Month to Collect');
	expect(month).toBe(String(timestamp).slice(0, 7));
	expect(imburse.sandbox.counts.instructions).toBe(2);
});
