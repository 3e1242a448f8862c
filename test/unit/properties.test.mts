import { expect, it } from '@jest/globals';

import { nodeProperties } from '../../nodes/Imburse/properties.ts';
import { RESOURCES } from '../../nodes/Imburse/resources/index.ts';

const notices = (operation: string) =>
	nodeProperties(RESOURCES)
		.filter(({ name }) => name === 'roleNotice')
		.map(({ displayName, displayOptions }) => ({ displayName, show: displayOptions?.show }))
		.filter(({ show }) => JSON.stringify(show?.operation) === JSON.stringify([operation]));

it('names the role that an operation needs', () => {
	expect(notices('waitForStatus')).toEqual([
		{
			displayName: 'Needs an API key with the role tenant-transaction-read, or with tenant-admin',
			show: { resource: ['instruction'], operation: ['waitForStatus'] },
		},
	]);
});

it('names only the role that the chosen type of scheme needs', () => {
	const scheme = notices('getAll').filter(({ show }) => show?.resource?.includes('scheme'));
	expect(scheme).toEqual(
		['collect', 'payout'].map((type) => ({
			displayName: `Needs an API key with the role tenant-${type}-scheme-read, or with tenant-admin`,
			show: { resource: ['scheme'], operation: ['getAll'], schemeType: [type] },
		})),
	);
});

it('writes the variables of n8n as n8n does, so that an example can be copied', () => {
	expect(JSON.stringify(nodeProperties(RESOURCES))).not.toContain('$JSON');
});

/** n8n's UX guidelines, "Operations name, action, and description". */
it('lists each operation as n8n does: an action without articles, a description of its resource', () => {
	for (const { name, operations } of RESOURCES) {
		for (const { action, description } of operations) {
			expect(action).toMatch(/^[A-Z][a-z ]+$/);
			expect(action).not.toMatch(/ (an?|the) /);
			expect(description.toLowerCase()).toContain(name.toLowerCase());
		}
	}
});
