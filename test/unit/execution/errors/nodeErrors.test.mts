import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import {
	bugError,
	credentialError,
	invalidError,
	noSuchOperationError,
} from '../../../../nodes/Imburse/execution/errors/nodeErrors.ts';
import { precededError } from '../../../../nodes/Imburse/n8n/nodeError.ts';

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const THREE = ['1', '2', '3'].map((amount) => ({ json: { amount } }));

/** The error of a run in which these fields of one item are wrong, as n8n is handed it. */
function thrown(...reasons: string[]) {
	const errors = reasons.map((reason) => ({ field: 'Amount', reason, fix: 'Mend it.' }));
	const invalid = [{ index: 1, errors }];
	return precededError(NODE, invalidError(NODE, invalid, THREE), 'Nothing was sent.');
}

describe('the error for items that break a rule', () => {
	it('has each reason on a line of its own in the panel, and plain text elsewhere', () => {
		const { message, description, context } = thrown('is zero', 'is negative');
		expect(message).toBe('1 of 3 items cannot be sent');
		expect(description).toBe(
			'Nothing was sent. Item 2: Amount: is zero. Mend it. Item 2: Amount: is negative. Mend it.',
		);
		expect(context).toMatchObject({
			itemIndex: 1,
			descriptionTemplate:
				'Nothing was sent. <ul><li>Item 2: Amount: is zero. Mend it.</li><li>Item 2: Amount: is negative. Mend it.</li></ul>',
		});
	});

	it('needs no list for a single reason', () => {
		expect(thrown('is zero').context).not.toHaveProperty('descriptionTemplate');
	});

	it('says of a single item what is wrong in the message, and what to do in the description', () => {
		const errors = [{ field: 'Amount', reason: 'is zero', fix: 'Mend it.' }];
		const one = (...all: typeof errors) =>
			precededError(
				NODE,
				invalidError(NODE, [{ index: 0, errors: all }], THREE.slice(0, 1)),
				'Nothing was sent.',
			);
		const { message, description, context } = one(...errors);
		expect(message).toBe('Amount: is zero');
		expect(description).toBe('Nothing was sent. Mend it.');
		expect(context).not.toHaveProperty('descriptionTemplate');
		expect(one(...errors, { ...errors[0]!, reason: 'is negative' })).toMatchObject({
			message: 'The item cannot be sent for 2 reasons',
			description:
				'Nothing was sent. Item 1: Amount: is zero. Mend it. Item 1: Amount: is negative. Mend it.',
		});
	});

	it('shows what stands in an item as text, never as HTML', () => {
		const reason = '"<img src=x onerror=\'f()\'>&amp; `code` %%PARAMETER%%" is not an amount';
		const { description, context } = thrown(reason, 'is zero');
		const text = '"‹img src=x onerror=\'f()\'>& amp; ˋcodeˋ %%PARAMETER%%" is not an amount';
		expect(description).toContain(text);
		const shown = context.descriptionTemplate as string;
		expect(shown.match(/<[^>]*>/g)).toEqual(['<ul>', '<li>', '</li>', '<li>', '</li>', '</ul>']);
		expect(shown).not.toMatch(/`|%%|&(?! |#37;)/);
		expect(shown.replaceAll('&#37;', '%')).toContain(`<li>Item 2: Amount: ${text}. Mend it.</li>`);
	});

	it('names twenty reasons, and how many more there are', () => {
		const { context } = thrown(...Array.from({ length: 23 }, (_, index) => `is wrong (${index})`));
		const lines = (context.descriptionTemplate as string).match(/<li>.*?<\/li>/g) ?? [];
		expect(lines).toHaveLength(21);
		expect(lines[20]).toBe('<li>And 3 more reasons.</li>');
	});
});

describe('the errors for a node that cannot run at all', () => {
	it('name the operation that this version does not have', () => {
		expect(noSuchOperationError(NODE, 'paymentOrder', 'refund')).toMatchObject({
			message: 'There is no operation "refund" of "paymentOrder"',
			description: 'Choose the Resource and the Operation again.',
		});
	});

	it('name what is wrong with the credential, and each fix once', () => {
		const errors = ['Public Key', 'Private Key'].map((field) => ({
			field,
			reason: 'it is empty',
			fix: 'Open the credential and fill it in.',
		}));
		expect(credentialError(NODE, errors)).toMatchObject({
			message:
				'The Imburse credential cannot be used. Public Key: it is empty; Private Key: it is empty',
			description: 'Open the credential and fill it in.',
		});
	});

	it('say of a mistake that nobody foresaw whom to tell', () => {
		expect(bugError(NODE, 'x is not a function')).toMatchObject({
			message: 'The Imburse node could not run: x is not a function',
			description: 'If the reason does not help you, report it to the makers of this node.',
		});
	});
});
