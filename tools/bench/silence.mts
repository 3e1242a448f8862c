import type { INodeParameters } from 'n8n-workflow';
import type { ImburseOnEngine } from '../../test/engine/support/imburse.mts';
import { whileNodeRuns } from './nodeTime.mts';

const PROBE_MS = 5;

/** For how long at most nothing else in this process had a turn. Milliseconds. */
export function watchSilence(): () => number {
	let longest = 0;
	let last = performance.now();
	const look = () => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	};
	const probe = setInterval(look, PROBE_MS);
	return () => {
		clearInterval(probe);
		look();
		return longest;
	};
}

export interface Silence {
	seconds: number;
	/** Milliseconds. */
	longest: number;
}

/** Runs the node over so many payments, whose every field comes from the item. */
export async function measureSilence(
	imburse: ImburseOnEngine,
	count: number,
	options: INodeParameters,
): Promise<Silence> {
	imburse.sandbox.reset();
	const items = Array.from({ length: count }, (_, i) => ({ ref: `CLAIM-${i}`, amount: '1.25' }));
	let seconds = NaN;
	const longest = await whileNodeRuns(watchSilence, async () => {
		const run = await imburse.run(payout(imburse.sandbox.options.schemeIds.payout, options), {
			items,
			onError: 'continueErrorOutput',
		});
		if (run.success.length !== count) throw new Error(JSON.stringify(run.failed[0] ?? run.error));
		seconds = run.milliseconds / 1000;
	});
	return { seconds, longest };
}

function payout(schemeId: string, options: INodeParameters): INodeParameters {
	const payment = {
		instructionRef: '={{ $json.ref }}',
		customerRef: '=CUST-{{ $json.ref }}',
		direction: 'CREDIT',
		amount: '={{ $json.amount }}',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: schemeId },
	};
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.ref }}',
		instructions: { instruction: [payment] },
		metadata: { entry: [{ key: 'claim', value: '={{ $json.ref }}' }] },
		options,
	};
}
