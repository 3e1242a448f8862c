import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { readProjectFile } from '../unit/docs/citations.mts';
import { rowsUnder } from '../unit/docs/operationTables.mts';
import { useIdleClock } from '../support/idleClock.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from './support/imburse.mts';
import { createByColumns } from './support/operations.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

/** What a row of a page's table writes, and what it says of it. */
interface Row {
	code: string;
	says: string;
}

/** The codes with an expression in a table "You write" of a page, one by one. */
function rowsOf(path: string, heading: string): Row[] {
	const section = readProjectFile(path)
		.split(/^#+ /m)
		.find((one) => one.startsWith(`${heading}\n`));
	return rowsUnder(section ?? '', 'You write').flatMap(([written = '', says = '']) =>
		[...written.matchAll(/`([^`]*\{\{[^`]*)`/g)].map(([, code = '']) => ({ code, says })),
	);
}

/** The page's expressions name nodes of the reader's; here the one before the node is called Start. */
const toExpression = (code: string): string => `=${code.replace(/\$\('[^']+'\)/g, "$('Start')")}`;

const order = (orderRef: string): INodeParameters => ({
	resource: 'paymentOrder',
	operation: 'create',
	orderRef,
	options: { waitUntilCreated: false },
});

async function isTaken(parameters: INodeParameters, items: IDataObject[]): Promise<boolean> {
	const { error } = await imburse.run(parameters, { items });
	expect(error?.message ?? '').not.toContain('cannot be worked out');
	return error === undefined;
}

describe('what docs/data.md says of a reference', () => {
	const rows = rowsOf('docs/data.md', 'What it may be made of');

	it('is of expressions', () => expect(rows.length).toBeGreaterThan(3));

	it.each(rows)('$code: $says', async ({ code, says }) => {
		const parameters = order(toExpression(code));
		const items = ['A', 'B'].map((claim) => ({ claim, prefix: claim }));
		expect(await isTaken(parameters, items.slice(0, 1))).toBe(says.startsWith('takes it'));
		if (says.includes('refuses it where it has more')) {
			expect(await isTaken(parameters, items)).toBe(false);
		}
	});
});

describe('what docs/data.md says of JSON', () => {
	const rows = rowsOf('docs/data.md', 'JSON');
	const payment = () => ({
		instructionRef: 'P-1',
		customerRef: 'C-1',
		direction: 'CREDIT',
		amount: '10.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: imburse.sandbox.options.schemeIds.payout,
	});

	/** The row's code in the place that it is for: one field of the JSON, or the whole. */
	function withCode(code: string): INodeParameters {
		const [, name] = /^"(\w+)": /.exec(code) ?? [];
		if (name === 'note') {
			return { ...order('A'), metadataInputMode: 'json', metadataJson: `={ ${code} }` };
		}
		const others = Object.entries(payment()).filter(([field]) => field !== name);
		const fields = others.map(([field, value]) => `"${field}": ${JSON.stringify(value)}`);
		const whole = `[{ ${[...fields, code].join(', ')} }]`;
		return {
			...order('A'),
			instructionsInputMode: 'json',
			instructionsJson: name === undefined ? `=${code}` : `=${whole}`,
		};
	}

	const item = (changed: IDataObject = {}): IDataObject => ({
		customer: 'C-1',
		amount: 10.5,
		note: 'paid',
		instructions: [payment()],
		template: JSON.stringify([payment()]),
		text: JSON.stringify([payment()]),
		...changed,
	});

	it('is of expressions', () => expect(rows.length).toBeGreaterThan(6));

	it.each(rows.filter(({ says }) => !says.startsWith('refuses it, since')))(
		'$code: $says',
		async ({ code, says }) => {
			expect(await isTaken(withCode(code), [item()])).toBe(says.startsWith('takes'));
			if (says.includes('refuses a text')) {
				expect(await isTaken(withCode(code), [item({ amount: '10.50' })])).toBe(false);
			}
			if (says.includes('refuses any other')) {
				expect(await isTaken(withCode(code), [item({ note: 'a "b"' })])).toBe(false);
			}
		},
	);
});

describe('what docs/ai-agent.md says of a tool that moves money', () => {
	const rows = rowsOf('docs/ai-agent.md', 'What the model may choose');

	it('is of expressions', () => expect(rows.length).toBeGreaterThan(4));

	it.each(rows)('$code: $says', async ({ code, says }) => {
		const parameters = {
			...order(toExpression(code)),
			options: {
				allowToolPayments: true,
				maxPayments: 1,
				maxTotals: { total: [{ amount: '1.00', currency: 'EUR' }] },
				waitUntilCreated: false,
			},
		};
		const credentials = { imburseApi: CREDENTIAL_ID };
		const { answers } = await imburse.engine.runTool({
			node: { type: `${NODE_TYPE}Tool`, credentials, parameters },
			items: [{ claim: 'CLAIM-1' }],
			calls: [{ claim: 'EVIL' }],
		});
		const refused = JSON.stringify(answers).includes('which an AI agent can set');
		expect(refused).toBe(says === 'is refused');
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(
			refused ? [] : ['CLAIM-1'],
		);
	});
});

describe('what docs/approval.md takes from the check', () => {
	const expressions = [
		...readProjectFile('docs/approval.md').matchAll(/\{\{ \$\('Check'\)[^}]*\}\}/g),
	].map(([code]) => toExpression(code));

	const COLUMNS = {
		orderRef: 'claim',
		instructionRef: 'claim',
		customerRef: 'claim',
		amount: 'amount',
	};
	const columns = (options: INodeParameters): INodeParameters =>
		createByColumns(COLUMNS, imburse.sandbox.options.schemeIds.payout, { options });

	it('lets the payments through that were checked, and no others', async () => {
		const [approvedFingerprint = '', amount = ''] = expressions;
		expect(expressions).toHaveLength(2);
		const approved = {
			approvedFingerprint,
			expectedTotals: { total: [{ amount, currency: 'EUR', direction: 'CREDIT' }] },
		};
		const item = { claim: 'CLAIM-1', amount: '10.00' };
		const checked = await imburse.run(columns({ validateOnly: true }), { items: [item] });
		const batch = checked.success[0]!.json.batch as IDataObject;
		expect(await isTaken(columns(approved), [{ ...item, amount: '11.00', batch }])).toBe(false);
		expect(await isTaken(columns(approved), [{ ...item, batch }])).toBe(true);
	});
});
