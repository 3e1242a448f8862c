import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { BODY_TOO_LARGE, bodyText, LARGEST_BODY } from '../../../nodes/Imburse/api/bodyText.ts';

async function* stream(...chunks: Uint8Array[]) {
	yield* chunks;
}

describe('the text of a body', () => {
	it.each([
		[undefined, ''],
		[null, ''],
		['', ''],
		['text', 'text'],
		[{ a: 1 }, '{"a":1}'],
		[5, '5'],
		[false, 'false'],
	])('of %j is %j', async (body, text) => {
		expect(await bodyText(body)).toBe(text);
	});

	it('is the same wherever the stream was cut, also inside a character', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(), async (text, place) => {
				const whole = Buffer.from(text);
				const cut = place % (whole.length + 1);
				const pieces = stream(whole.subarray(0, cut), whole.subarray(cut));
				expect(await bodyText(pieces)).toBe(whole.toString().replace(/^\uFEFF/, ''));
			}),
		);
	});

	it('may be as long as the limit', async () => {
		const text = await bodyText(stream(Buffer.alloc(LARGEST_BODY, 'a')));
		expect(text).toHaveLength(LARGEST_BODY);
	});

	it('is refused beyond it, and the stream is closed', async () => {
		let isClosed = false;
		async function* endless() {
			try {
				for (;;) yield Buffer.alloc(1_000_000, 'a');
			} finally {
				isClosed = true;
			}
		}
		await expect(bodyText(endless())).rejects.toMatchObject({
			code: BODY_TOO_LARGE,
			message: expect.stringMatching(/^The answer is longer than \d+ bytes$/) as unknown,
		});
		expect(isClosed).toBe(true);
	});
});
