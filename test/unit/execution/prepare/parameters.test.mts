import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	fixedParameters,
	readParameters,
} from '../../../../nodes/Imburse/execution/prepare/parameters.ts';

const FIELDS = ['orderRef', 'mode', 'payments', 'options', 'notSet'].map((name) => ({
	displayName: name,
	name,
	type: 'string',
	default: 'the default',
})) as INodeProperties[];

const NONE_LISTED = { listed: { fields: new Map(), codes: [] }, values: new Map() };

/** A form, and what n8n was asked to work out of it. */
function form(written: Record<string, unknown>) {
	const read: string[] = [];
	const context = {
		getNodeParameter: (
			name: string,
			item: number,
			fallback: unknown,
			options: { rawExpressions?: boolean },
		) => {
			const raw = Object.hasOwn(written, name) ? written[name] : fallback;
			if (options.rawExpressions) return raw;
			read.push(`${name} ${item}`);
			if (raw === '={{ broken }}') throw new Error('It is broken. Mend it.');
			return typeof raw === 'string' ? raw.replace(/^=.*/, `${name} of ${item}`) : raw;
		},
	} as unknown as IExecuteFunctions;
	return { context, read };
}

describe('parameters without an expression', () => {
	it('are read once for all items', () => {
		const options = { maxTotals: { total: [{ amount: '5.00', currency: 'EUR' }] } };
		const payments = { instruction: [{ amount: '={{ $json.amount }}' }] };
		const { context, read } = form({
			orderRef: '={{ $json.ref }}',
			mode: 'json',
			payments,
			options,
		});
		const fixed = fixedParameters(context, FIELDS);
		expect(fixed).toEqual({ mode: 'json', options, notSet: 'the default' });
		const rows = [0, 1].map((index) =>
			readParameters(context, FIELDS, index, { fixed, ...NONE_LISTED }),
		);
		expect(rows).toMatchObject([
			{ ok: true, value: { orderRef: 'orderRef of 0', mode: 'json', options, payments } },
			{ ok: true, value: { orderRef: 'orderRef of 1', mode: 'json', options, payments } },
		]);
		expect(read).toEqual([
			...['mode 0', 'options 0', 'notSet 0'],
			...['orderRef 0', 'payments 0', 'orderRef 1', 'payments 1'],
		]);
	});

	it('leave it to each item to say that a field cannot be worked out', () => {
		const { context } = form({ orderRef: '={{ broken }}' });
		const fixed = fixedParameters(context, FIELDS);
		expect(readParameters(context, FIELDS, 0, { fixed, ...NONE_LISTED })).toEqual({
			ok: false,
			errors: [
				{
					field: 'orderRef',
					reason: 'its expression cannot be worked out: It is broken. Mend it',
					fix: 'Open the field and correct the expression.',
				},
			],
		});
	});
});
