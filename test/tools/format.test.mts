import { describe, expect, it } from '@jest/globals';
import { progressLine } from '../../tools/support/progress.mts';
import { duration, size } from '../../tools/support/format.mts';

describe('durations, sizes and progress', () => {
	it.each([
		[400, '0 s'],
		[59_499, '59 s'],
		[59_500, '1 min 0 s'],
		[125_000, '2 min 5 s'],
	])('%d ms is %s', (milliseconds, words) => {
		expect(duration(milliseconds)).toBe(words);
	});

	it.each([
		[0, '0 MB'],
		[87_400_000, '87 MB'],
		[2_640_000_000, '2.6 GB'],
	])('%d bytes are %s', (bytes, words) => {
		expect(size(bytes)).toBe(words);
	});

	it('are shown for a download, with the expected size when it is known', () => {
		const growth = { label: 'n8n', folder: '/tmp' };
		expect(progressLine(growth, 75_000, 1.34e9)).toBe('  n8n: 1 min 15 s, 1.3 GB');
		expect(progressLine({ ...growth, expectedBytes: 2.6e9 }, 75_000, 1.34e9)).toBe(
			'  n8n: 1 min 15 s, 1.3 GB of about 2.6 GB',
		);
	});
});
