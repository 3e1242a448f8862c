import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { parseCreateOptions } from '../../../../nodes/Imburse/resources/shared/createOptions.ts';
import { errorsOf, valueOf } from '../../validation/outcome.mts';

const parse = (options: IDataObject) => parseCreateOptions({ options }, 'CLAIM-17');

describe('how long a create waits', () => {
	it.each<[string, IDataObject, number | undefined]>([
		['a minute where nothing is set', {}, 60_000],
		['so many seconds as Created Within says', { createdWithin: 5 }, 5_000],
		['not at all without Wait Until Created', { waitUntilCreated: false }, undefined],
		[
			'not at all without Wait Until Created, whatever Created Within says',
			{ waitUntilCreated: false, createdWithin: 5 },
			undefined,
		],
		['a minute where Wait Until Created is not a no', { waitUntilCreated: 'false' }, 60_000],
	])('is %s', (_, options, createdWithinMs) => {
		expect(valueOf(parse(options))).toEqual({ createdWithinMs, headers: {}, ifExists: 'return' });
	});

	it.each([0, -1, '5', 3601])('is not %j seconds', (createdWithin) => {
		expect(errorsOf(parse({ createdWithin }))).toEqual([
			expect.objectContaining({ field: 'Options > Created Within (Seconds)' }),
		]);
	});
});

describe('the idempotency key', () => {
	it.each<[string, IDataObject, Record<string, string>]>([
		['is not sent where no header is named', { idempotencyKey: 'K' }, {}],
		[
			'is the reference',
			{ idempotencyHeader: 'Idempotency-Key' },
			{ 'Idempotency-Key': 'CLAIM-17' },
		],
		[
			"is the user's own",
			{ idempotencyHeader: 'Idempotency-Key', idempotencyKey: 'K' },
			{ 'Idempotency-Key': 'K' },
		],
	])('%s', (_, options, headers) => {
		expect(valueOf(parse(options)).headers).toEqual(headers);
	});

	it('names the header and the key that cannot be sent', () => {
		const errors = errorsOf(parse({ idempotencyHeader: 'Host', idempotencyKey: 'a b' }));
		expect(errors.map(({ field }) => field)).toEqual([
			'Options > Idempotency Key Header',
			'Options > Idempotency Key',
		]);
	});
});

it.each([
	['fail', 'fail'],
	['return', 'return'],
	[undefined, 'return'],
])('If It Already Exists: %j means %s', (ifExists, meaning) => {
	expect(valueOf(parse({ ifExists })).ifExists).toBe(meaning);
});
