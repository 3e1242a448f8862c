import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sameAmount } from '../../../../nodes/Imburse/validation/amount.ts';
import { valid } from '../../../../nodes/Imburse/validation/result.ts';
import { toRequestFields } from '../../../../nodes/Imburse/resources/instruction/requestFields.ts';
import {
	parseInstruction,
	type InstructionRequest,
} from '../../../../nodes/Imburse/resources/shared/instructionRequest.ts';
import { valueOf } from '../../validation/outcome.mts';
import { instruction, metadata } from '../instructions.mts';
import { INSTRUCTION } from '../samples.mts';

/** How Imburse responds with an instruction (API reference 5; 9, rows 12 and 23). */
function responseFor({ schemeId, financialInstrumentId, ...flat }: InstructionRequest) {
	return {
		...flat,
		amount: Number(flat.amount),
		settledByDate: flat.settledByDate ? `${flat.settledByDate}T00:00:00.000Z` : null,
		scheme: { schemeId: schemeId ?? null, source: schemeId ? 'MANUALLY_SET' : 'NONE' },
		financialInstrument: {
			financialInstrumentId: financialInstrumentId ?? null,
			source: financialInstrumentId ? 'TRANSACTION' : 'NONE',
		},
	};
}

describe('the fields of an instruction that was read', () => {
	it('ask for the same instruction again', () => {
		fc.assert(
			fc.property(instruction, metadata, (input, own) => {
				const request = valueOf(parseInstruction(input, valid(own), '', 'UTC'));
				const fields = {
					...toRequestFields(responseFor(request)),
					instructionRef: request.instructionRef,
				};
				const again = valueOf(parseInstruction(fields, valid(own), '', 'UTC'));
				expect(sameAmount(again.amount, request.amount)).toBe(true);
				expect({ ...again, amount: '' }).toEqual({ ...request, amount: '' });
			}),
		);
	});

	it.each(['NONE', 'CUSTOMER_DEFAULT', 'CUSTOMER', 'TENANT', 'SYSTEM_GENERATED'])(
		'leave out what comes from %s, so that it stays inherited',
		(source) => {
			const scheme = { schemeId: 'D-1', source };
			const financialInstrument = { financialInstrumentId: 'F-1', source };
			const fields = toRequestFields({ ...INSTRUCTION, scheme, financialInstrument });
			expect(Object.keys(fields)).not.toContain('schemeId');
			expect(Object.keys(fields)).not.toContain('financialInstrumentId');
		},
	);

	it.each([undefined, 'MANUALLY_SET', 'TRANSACTION', 'NEW_SOURCE'])(
		'keep what comes from %s',
		(source) => {
			expect(
				toRequestFields({ ...INSTRUCTION, scheme: { schemeId: 'D-1', source } }).schemeId,
			).toBe('D-1');
		},
	);

	it.each(['2030-12-31', '2030-12-31T00:00:00.000Z', '2030-12-31T23:59:59+14:00'])(
		'have the day that %s says',
		(settledByDate) => {
			expect(toRequestFields({ ...INSTRUCTION, settledByDate }).settledByDate).toBe('2030-12-31');
		},
	);

	it('have nothing that the response lacks', () => {
		expect(JSON.stringify(toRequestFields({}))).toBe('{}');
	});
});
