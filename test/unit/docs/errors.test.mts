import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { codeSentence } from '../../../nodes/Imburse/api/errors/errorCodes.ts';
import { statusMeaning } from '../../../nodes/Imburse/api/errors/statusTable.ts';
import { rowsUnder } from './operationTables.mts';

const markdown = readFileSync(join(__dirname, '../../../docs/errors.md'), 'utf8');
const statuses = rowsUnder(markdown, 'Status');
const codes = rowsUnder(markdown, 'Code');

/** Every status that the introduction names ("Error Codes", documented). */
const NAMED = [200, 201, 202, 204, 400, 401, 402, 403, 404, 409, 429, 500, 501, 502, 503, 504];

describe('docs/errors.md', () => {
	it('has every status that the introduction names, with the words of the messages', () => {
		expect(statuses.map(([status, meaning]) => [status, meaning])).toEqual(
			NAMED.map((status) => [String(status), statusMeaning(status)]),
		);
	});

	it('has codes with the words of the messages, and says what to do about each', () => {
		expect(codes.length).toBeGreaterThan(10);
		for (const [code = '', words, advice] of codes) {
			expect([code, words]).toEqual([code, codeSentence(code.replaceAll('`', ''))]);
			expect(advice).not.toBe('');
		}
	});
});
