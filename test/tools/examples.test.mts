import { describe, expect, it } from '@jest/globals';
import { readWorkflow } from '../../tools/n8n/workflow.mts';
import { exampleNodes, expectedOrder } from '../../tools/start/examples.mts';

describe('the example workflow', () => {
	it('has the nodes that the check asks for', async () => {
		const { nodes } = await readWorkflow('examples/payment-order.json');
		expect(nodes.map(({ name }) => name)).toEqual(
			expect.arrayContaining(Object.values(exampleNodes)),
		);
	});

	it('asks for one order, with the data of its claim', async () => {
		expect(expectedOrder(await readWorkflow('examples/payment-order.json'))).toEqual({
			orderRef: 'CLAIM-2026-000417',
			metadata: { claimNumber: 'CLAIM-2026-000417', policyNumber: 'HOME-88-1203' },
		});
	});

	it('is refused when its claim lacks a field', async () => {
		const workflow = await readWorkflow('examples/payment-order.json');
		const text = JSON.stringify(workflow).replace('"policyNumber","value"', '"other","value"');
		expect(() => expectedOrder(JSON.parse(text) as typeof workflow)).toThrow(
			'"Claim to Pay" has no field "policyNumber".',
		);
	});

	it('holds no identifier of a credential', async () => {
		const { nodes } = await readWorkflow('examples/payment-order.json');
		const credentials = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.map(({ id }) => id)).toEqual(['', '']);
	});
});
