import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { Imburse } from '../../../../nodes/Imburse/Imburse.node.ts';

const properties = new Imburse().description.properties;
const options = properties
	.filter(({ name }) => name === 'options')
	.flatMap((collection) => (collection.options ?? []) as INodeProperties[]);

describe('what a person has to allow or forbid', () => {
	it.each([
		'allowToolPayments',
		'allowChangingReferences',
		'allowQuotedExpressions',
		'refuseManualProduction',
	])('takes no expression, so the editor offers none and no model: %s', (name) => {
		const found = options.filter((option) => option.name === name);
		expect(found.length).toBeGreaterThan(0);
		expect(found.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});

	it('is every switch whose name begins with "Allow" or "Refuse"', () => {
		const switches = options.filter(({ displayName }) => /^(Allow|Refuse) /.test(displayName));
		expect(switches.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});
});

/** Rows and workflows may bring these along; a tool reads none of them. */
describe('what an ordinary run may take from its data', () => {
	it.each(['maxPayments', 'maxTotals', 'tenantId', 'validateOnly'])(
		'takes expressions: %s',
		(name) => {
			const found = options.filter((option) => option.name === name);
			expect(found.length).toBeGreaterThan(0);
			expect(found.filter(({ noDataExpression }) => noDataExpression === true)).toEqual([]);
		},
	);
});
