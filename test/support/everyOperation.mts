import { expect } from '@jest/globals';
import type { SandboxOptions } from '../../sandbox/index.mts';

const REWARD = 'REWARD-COFFEE-10';

export type Fields = Record<string, unknown>;

/** `<resource> <operation>`, what is filled in, and what the first item holds that comes out. */
export type Step = [name: string, parameters: Fields, shows: Fields];

export const orderRef = 'CLAIM-17';
const instructionRef = 'CLAIM-17-1';
export const customerRef = 'CUSTOMER-1';

const metadata = (value: string): Fields => ({ entry: [{ key: 'branch', value }] });

const byId = (value: string): Fields => ({ __rl: true, mode: 'id', value });

/**
 * Every operation once, in an order in which each finds what it needs at a sandbox whose rewards
 * settle at once (`rewardSettlingReads: 0`).
 */
export function everyOperation({ tenantId, schemeIds }: SandboxOptions): Step[] {
	const schemeId = byId(schemeIds.payout);
	const money = { amount: '12.00', currency: 'EUR', country: 'DE' };
	const payment = { ...money, orderRef, instructionRef, customerRef, schemeId };
	const instruction = { orderRef, instructionRef };
	const ofOrder = { ...money, customerRef, schemeId, direction: 'CREDIT' };
	const mistake = { ...ofOrder, instructionRef: `${orderRef}-2` };
	return [
		[
			'paymentOrder create',
			{ orderRef, metadata: metadata('North'), instructions: { instruction: [mistake] } },
			{ result: 'created' },
		],
		[
			'instruction cancel',
			{ orderRef, instructionRef: mistake.instructionRef, reason: 'Paid twice' },
			{ result: 'cancelled', status: 'VOID' },
		],
		['paymentOrder get', { orderRef }, { metadata: { branch: 'North' } }],
		[
			'paymentOrder updateMetadata',
			{ orderRef, metadata: metadata('South') },
			{ metadata: { branch: 'South' }, previousMetadata: { branch: 'North' } },
		],
		['paymentOrder deleteMetadata', { orderRef }, { previousMetadata: { branch: 'South' } }],
		['instruction create', { ...payment, direction: 'CREDIT' }, { result: 'created' }],
		['instruction update', { ...instruction, updateFields: { amount: '10.00' } }, instruction],
		['instruction get', instruction, { amount: 10, status: 'READY' }],
		['customer get', { customerRef }, { customerRef }],
		['customer getWallet', { customerRef }, { customerRef }],
		[
			'customer updateMetadata',
			{ customerRef, metadata: metadata('East') },
			{ metadata: { branch: 'East' }, previousMetadata: {} },
		],
		['reward claim', { ...instruction, rewardId: REWARD }, instruction],
		['instruction waitForStatus', instruction, { ...instruction, status: 'SETTLED' }],
		['scheme getAll', { schemeType: 'payout' }, { schemeId: schemeIds.payout }],
		['scheme getPayoutOptions', { ...money, schemeId, amount: '10.00' }, { rewardId: REWARD }],
		['reward search', { appId: byId('TANGOCARD_RAAS') }, { rewardId: REWARD }],
		['app get', { appId: byId('STRIPE') }, { name: 'Stripe' }],
		['app getAll', { returnAll: true }, { appId: expect.any(String) }],
		['batch get', { batchRef: 'BATCH-2025-01' }, { itemsCreated: 118 }],
		['tenant get', {}, { tenantId }],
	];
}
