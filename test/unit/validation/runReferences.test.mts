import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	addRunReferences,
	isRunReference,
	RUN_REFERENCE_NAMES,
} from '../../../nodes/Imburse/validation/runReferences.ts';
import { hintsOf, reasonsOf, valueOf, errorsOf } from './outcome.mts';

const OPTION = 'Add Workflow and Execution ID';
const RUN = { workflowId: 'w1', workflowName: 'Claims', executionId: '17' };
const add = (metadata: Record<string, string>, run: Parameters<typeof addRunReferences>[1] = RUN) =>
	addRunReferences(metadata, run, 'Metadata', OPTION);
const keys = (count: number) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

describe('addRunReferences', () => {
	it('names the option as the form does, where a key of the same name is there', () => {
		expect(reasonsOf(add({ n8nExecutionId: 'mine' }))[0]).toContain(
			`the option ${OPTION} adds a key of the same name`,
		);
	});

	it('puts workflow and execution beside the own metadata', () => {
		const own = { claim: 'CLM-17' };
		expect(valueOf(add(own))).toEqual({
			claim: 'CLM-17',
			n8nWorkflowId: 'w1',
			n8nWorkflowName: 'Claims',
			n8nExecutionId: '17',
		});
		expect(own).toEqual({ claim: 'CLM-17' });
	});

	it('leaves out what the run does not have', () => {
		expect(valueOf(add({}, { workflowId: '', executionId: '17' }))).toEqual({
			n8nExecutionId: '17',
		});
	});

	it('refuses to overwrite a key of the user', () => {
		expect(errorsOf(add({ n8nExecutionId: 'mine', n8nWorkflowId: 'mine' }))).toEqual(
			['n8nWorkflowId', 'n8nExecutionId'].map((key) => ({
				field: `Metadata > ${key}`,
				reason: 'the option Add Workflow and Execution ID adds a key of the same name',
				fix: 'Rename your key, or switch the option off.',
			})),
		);
		expect(valueOf(add({ n8nWorkflowId: 'mine' }, { executionId: '17' }))).toEqual({
			n8nWorkflowId: 'mine',
			n8nExecutionId: '17',
		});
	});

	it('counts towards the limit of keys', () => {
		expect(Object.keys(valueOf(add(keys(47))))).toHaveLength(50);
		expect(reasonsOf(add(keys(48)))).toEqual([
			'Metadata: there are 51 keys, Imburse takes at most 50',
		]);
	});

	it('does not repeat the hints that the own metadata gave', () => {
		expect(hintsOf(add({ note: 'v'.repeat(300) }))).toEqual([]);
	});
});

describe('isRunReference', () => {
	it('tells what was added from what was there before, whatever its keys are called', () => {
		const own = fc.oneof(
			fc.constantFrom('__proto__', 'constructor'),
			fc.stringMatching(/^\w{1,9}$/),
		);
		const metadata = fc.array(fc.tuple(own, fc.string({ maxLength: 9 })), { maxLength: 40 });
		fc.assert(
			fc.property(metadata, (pairs) => {
				const before = Object.fromEntries(pairs);
				const left = Object.entries(valueOf(add(before))).filter(([key]) => !isRunReference(key));
				expect(JSON.stringify(Object.fromEntries(left))).toBe(JSON.stringify(before));
			}),
		);
		expect(Object.values(RUN_REFERENCE_NAMES).filter((key) => !isRunReference(key))).toEqual([]);
	});
});
