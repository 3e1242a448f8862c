import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { MISTAKES } from '../../tools/faults/planted.mts';

it.each(MISTAKES.map((mistake) => [mistake.name, mistake] as const))(
	'the place of the mistake is still there: %s',
	(_, { file, text, becomes }) => {
		const source = readFileSync(join(__dirname, '../..', file), 'utf8');
		expect(source.split(text)).toHaveLength(2);
		expect(becomes).not.toBe(text);
	},
);
