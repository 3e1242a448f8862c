import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import {
	apiError,
	listError,
	messageOnlyError,
	operationError,
	precededError,
	withPlainText,
} from '../../../nodes/Imburse/n8n/nodeError.ts';

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const TOOL: INode = { ...NODE, type: 'imburseTool' };
const IMAGE = '<img src=//h/x>';
const SHOWN = '‹img src=//h/x>';

const REQUEST = { httpStatus: 400, itemIndex: 2, data: { outcome: 'rejected' } };

/** Everything of an error that n8n stores, shows or hands on, its stack included. */
const everything = (error: Error): string => JSON.stringify([error, error.message, error.stack]);

describe.each([
	['an operation error', operationError(NODE, IMAGE, `Look ${IMAGE}`, 2)],
	['an error with a list', listError(NODE, IMAGE, [`Look ${IMAGE}`, IMAGE], 2)],
	['an error of a request', apiError(NODE, { message: IMAGE, description: IMAGE }, REQUEST)],
	['an error whose message is all', messageOnlyError(NODE, IMAGE, IMAGE)],
	['a preceded error', precededError(NODE, operationError(NODE, IMAGE, IMAGE), IMAGE)],
	['an error for an agent', apiError(TOOL, { message: IMAGE, description: IMAGE }, REQUEST)],
])('%s', (_, error) => {
	it('holds nothing as HTML', () => {
		expect(everything(error)).not.toContain('<img');
		expect(error.message).toContain(SHOWN);
		expect(error.description).toContain(SHOWN);
	});
});

it('keeps our text where n8n puts one of its own', () => {
	const text = { message: 'Order "PREEXISTING-1" is there', description: 'ENOENT' };
	expect(operationError(NODE, text.message, text.description)).toMatchObject(text);
	expect(apiError(NODE, text, REQUEST)).toMatchObject({
		...text,
		httpCode: '400',
		context: { itemIndex: 2, data: REQUEST.data },
	});
});

it('tells an agent in the message what to do', () => {
	const text = { message: 'It failed', description: 'Run it again.' };
	expect(apiError(TOOL, text, REQUEST).message).toBe('It failed. Run it again.');
	const error = operationError(TOOL, 'It failed', 'Mend it.');
	expect(precededError(TOOL, error, 'Nothing was sent.').message).toBe(
		'It failed. Nothing was sent. Mend it.',
	);
});

it('says all of it in a message that stands alone', () => {
	const error = messageOnlyError(NODE, 'No list', 'Test the credential.');
	expect(error).toMatchObject({
		message: 'No list. Test the credential.',
		description: 'Test the credential.',
	});
});

it('makes an error from elsewhere text, and lets anything else pass', () => {
	expect(withPlainText(new Error(IMAGE))).toMatchObject({ message: SHOWN });
	const described = Object.assign(new Error('No'), { description: IMAGE });
	expect(withPlainText(described)).toMatchObject({ message: 'No', description: SHOWN });
	expect(withPlainText(undefined)).toBeUndefined();
});
