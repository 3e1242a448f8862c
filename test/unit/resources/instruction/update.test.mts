import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { update } from '../../../../nodes/Imburse/resources/instruction/update.ts';
import { INSTRUCTION, PARAMETERS, SETTING } from '../samples.mts';
import { answered, scriptedImburse } from '../scriptedImburse.mts';

const GUID = 'd0000000-0000-4000-8000-00000000000a';
const HEX = GUID.replaceAll('-', '').toUpperCase();

/** Updates an instruction that reads like this before and after. */
async function run(updateFields: IDataObject, before: IDataObject, after: IDataObject) {
	const plan = update.prepare({ ...PARAMETERS, updateFields }, SETTING);
	if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
	let reads = 0;
	const imburse = scriptedImburse(({ endpoint }) => {
		if (endpoint === 'updateInstruction') return answered(null);
		return answered({ ...INSTRUCTION, ...(reads++ === 0 ? before : after) });
	});
	const success = await plan.value.execute!(imburse);
	return update.present(
		{ ...success, environment: 'sandbox', attempts: 1 },
		plan.value,
	) as IDataObject;
}

const scheme = (schemeId: string) => ({ scheme: { schemeId, source: 'MANUALLY_SET' } });

describe('an update reports no concurrent change', () => {
	it.each([
		['a GUID where 32 digits were sent', HEX, GUID],
		['32 digits where a GUID was sent', GUID, HEX],
	])('when the scheme reads as %s', async (_, sent, found) => {
		const output = await run({ schemeId: sent }, scheme('D-1'), scheme(found));
		expect(output).not.toHaveProperty('changedMeanwhile');
		expect(output.scheme).toMatchObject({ schemeId: found });
	});

	it('when the instrument reads as 32 digits where a GUID was sent', async () => {
		const after = { financialInstrument: { financialInstrumentId: HEX, source: 'TRANSACTION' } };
		const output = await run({ financialInstrumentId: GUID }, {}, after);
		expect(output).not.toHaveProperty('changedMeanwhile');
	});

	it.each(['2031-01-15', '2031-01-15T00:00:00.000Z'])(
		'when the date reads as %s',
		async (found) => {
			const output = await run({ settledByDate: '2031-01-15' }, {}, { settledByDate: found });
			expect(output).not.toHaveProperty('changedMeanwhile');
		},
	);

	it.each([250, '250', '250.0'])('when the amount reads as %p', async (found) => {
		const output = await run({ amount: '250.00' }, {}, { amount: found });
		expect(output).not.toHaveProperty('changedMeanwhile');
	});
});

describe('an update reports a concurrent change', () => {
	it.each<[string, IDataObject, string[]]>([
		['another amount', { amount: 1 }, ['amount']],
		['another scheme', { amount: 250, ...scheme('D-2') }, ['schemeId']],
		['another day', { amount: 250, settledByDate: '2031-01-16T00:00:00.000Z' }, ['settledByDate']],
		['another value', { amount: 250, metadata: { branch: 'South' } }, ['metadata.branch']],
		['a field that is not in the response', { amount: 250, country: undefined }, ['country']],
		['metadata that is not in the response', { amount: 250, metadata: null }, ['metadata.branch']],
	])('for %s', async (_, after, changedMeanwhile) => {
		expect(await run({ amount: '250.00' }, {}, after)).toMatchObject({ changedMeanwhile });
	});
});
