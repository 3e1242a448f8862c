import { expect, it } from '@jest/globals';
import { lookUp } from '../../../../nodes/Imburse/webhook/confirm/lookUp.ts';
import { answer, credential, errorAnswer, SANDBOX_URL, wire } from '../../api/fixtures.mts';

const READ = { endpoint: 'getOrder', identifiers: { orderRef: 'A' } } as const;

async function lookedUp(reply: Parameters<typeof wire>[0]) {
	const { send, sent } = wire(reply);
	const connection = { credential: credential(), baseUrl: SANDBOX_URL, send };
	return { result: await lookUp(connection, 'Payment Order "A"', READ), sent };
}

it('does not let the sender of the event wait for long', async () => {
	const { sent } = await lookedUp(answer(200, { orderRef: 'A' }));
	expect(sent).toEqual([expect.objectContaining({ method: 'GET', timeout: 15_000 })]);
});

it.each([
	[
		'what Imburse holds',
		answer(200, { orderRef: 'A' }),
		{ kind: 'found', value: { orderRef: 'A' } },
	],
	['that it holds none', errorAnswer(404, ['ORDER_NOT_FOUND']), { kind: 'absent' }],
])('returns %s', async (_, reply, result) => {
	expect((await lookedUp(reply)).result).toEqual(result);
});

it.each([
	['an error of Imburse', errorAnswer(500, ['INTERNAL_ERROR'])],
	['a 404 that is not of Imburse', answer(404, 'Not Found')],
	['a list', answer(200, [])],
	['an empty body', answer(200)],
	['a network error', new Error('socket hang up')],
])('does not take %s for an answer', async (_, reply) => {
	expect((await lookedUp(reply)).result).toMatchObject({ kind: 'unavailable' });
});

it.each([
	['a list', answer(200, []), 'Payment Order "A" was not answered as Imburse does'],
	[
		'an error of Imburse',
		errorAnswer(500, []),
		'Payment Order "A" could not be read: Imburse answered 500. Nothing was changed. Run it again; if it stays so, ask Imburse whether there is an outage.',
	],
])('says of %s why the event cannot be confirmed', async (_, reply, reason) => {
	const { result } = await lookedUp(reply);
	expect(result).toMatchObject({ reason: expect.stringContaining(reason) as unknown });
});
