import { expect, it } from '@jest/globals';
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	IPairedItemData,
} from 'n8n-workflow';

import type { ImburseFailure } from '../../../nodes/Imburse/api/errors/failure.ts';
import type { ReceivedRequest } from '../../../sandbox/index.mts';
import type { RunResult } from '../harness/index.mts';
import { CREDENTIAL_ID, type ImburseOnEngine } from './imburse.mts';

/** The node under test; a function, because every test has a new one. */
export type Under = () => ImburseOnEngine;

/** All calls but those for a token; `from` leaves out as many of them at the beginning. */
export function callsOf({ sandbox }: ImburseOnEngine, from = 0): ReceivedRequest[] {
	return sandbox.requests.filter(({ name }) => name !== 'issueToken').slice(from);
}

/** Method and path of calls. */
export function linesOf(calls: readonly ReceivedRequest[]): string[] {
	return calls.map(({ method, path }) => `${method} ${path}`);
}

/** What the items of the error output say. */
export function failuresOf({ failed }: RunResult): ImburseFailure[] {
	return failed.map(({ json }) => json.error as unknown as ImburseFailure);
}

/** A field that is picked from a list or typed, with an ID typed. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/**
 * Makes an order with one payout in euros of each item.
 *
 * @param columns by Imburse's names
 * @param changed other fields of the form
 */
export function createByColumns(
	columns: INodeParameters,
	schemeId: string,
	changed: INodeParameters = {},
): INodeParameters {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		inputMode: 'columns',
		columns,
		sameForAllRows: {
			direction: 'CREDIT',
			currency: 'EUR',
			country: 'DE',
			schemeId: byId(schemeId),
		},
		...changed,
	};
}

/** The day of UTC that is so many days from today: near enough that no hint speaks of it. */
export function dayFromNow(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

export function useCredential(
	imburse: ImburseOnEngine,
	fields: ICredentialDataDecryptedObject,
): void {
	imburse.engine.credentials.change(CREDENTIAL_ID, fields);
}

/** Input that breaks a rule: the message names the field, and nothing leaves n8n. */
export function itRefuses(
	under: Under,
	good: () => INodeParameters,
	cases: Array<[what: string, changed: INodeParameters, message: RegExp]>,
): void {
	it.each(cases)('refuses %s, and sends nothing', async (_, changed, message) => {
		const before = under().sandbox.requests.length;
		const run = await under().run({ ...good(), ...changed });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(/^Nothing was sent\. /);
		expect(under().sandbox.requests).toHaveLength(before);
	});
}

/** A key without the role: the message says which one is missing. */
export function itNamesTheRole(under: Under, good: () => INodeParameters, role: string): void {
	it(`names the role ${role} when the key lacks it`, async () => {
		under().sandbox.options.roles = ['none'];
		const run = await under().run(good(), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: expect.stringContaining('this key may not do that') as unknown,
				description: expect.stringContaining(role) as unknown,
				httpStatus: 403,
				outcome: 'rejected',
				retryable: false,
			}),
		]);
	});
}

/** Something that is not there: in the same words for both statuses that Imburse is known to use. */
export function itSaysThatThereIsNone(
	under: Under,
	missing: () => INodeParameters,
	label: string,
): void {
	it.each([400, 404] as const)('says that there is no such thing (%d)', async (status) => {
		under().sandbox.options.notFoundStatus = status;
		const run = await under().run(missing(), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: `Imburse has no ${label} (item 1)`,
				description: expect.stringContaining('Is this the right environment?') as unknown,
				httpStatus: status,
				outcome: 'rejected',
			}),
		]);
	});
}

/** Each item's own tenant goes out with every call of that item. */
export function itUsesTheTenantOfEachItem(under: Under, good: () => INodeParameters): void {
	it('uses the Tenant ID of each item', async () => {
		const own = under().sandbox.options.tenantId;
		const before = callsOf(under()).length;
		const options = { tenantId: '={{ $json.tenant }}', correlationId: '={{ $json.id }}' };
		const run = await under().run(
			{ ...good(), options },
			{
				items: [
					{ tenant: 'another', id: 'first' },
					{ tenant: own, id: 'second' },
				],
				onError: 'continueErrorOutput',
			},
		);
		const sent = callsOf(under(), before).map(({ headers }) => [
			headers['x-correlation-id'],
			headers['x-tenant-id'],
		]);
		expect(new Set(sent.map(String))).toEqual(new Set(['first,another', `second,${own}`]));
		expect(run.failed.map(sourceOf)).toEqual([0]);
		expect(failuresOf(run)[0]).toMatchObject({ httpStatus: 403, outcome: 'rejected' });
		expect(new Set(run.success.map(sourceOf))).toEqual(new Set([1]));
	});
}

/** The number of the item that an output item comes from. */
export function sourceOf({ pairedItem }: INodeExecutionData): number {
	return (pairedItem as IPairedItemData).item;
}

/** One field of each output item, with the number of the item that it comes from. */
export function paired(run: RunResult, field: string): Array<[value: unknown, source: number]> {
	return run.success.map((item) => [item.json[field], sourceOf(item)]);
}
