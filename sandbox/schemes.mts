import type { SandboxOptions } from './options.mts';
import type { Direction } from './store.mts';

export interface SchemeSummary {
	schemeId: string;
	name: string;
	/** Optional label of the draft that comes back in notifications (API reference 4.4). */
	code: string;
	/** The apps that carry it out. */
	appIds: readonly string[];
}

/** Schemes that are always there beside those of the options, so that a list has more than one. */
const secondCollectSchemeId = 'C0000000000000000000000000000003';
const secondPayoutSchemeId = 'D0000000000000000000000000000004';

/** Schemes that collect (DEBIT). */
export function collectSchemes({ schemeIds }: SandboxOptions): SchemeSummary[] {
	return [
		{ schemeId: schemeIds.collect, name: 'Motor premiums', code: 'MOTOR', appIds: ['STRIPE'] },
		{
			schemeId: secondCollectSchemeId,
			name: 'Home premiums by direct debit',
			code: 'HOME',
			appIds: ['GOCARDLESS'],
		},
	];
}

/** Schemes that pay out (CREDIT). */
export function payoutSchemes({ schemeIds }: SandboxOptions): SchemeSummary[] {
	return [
		{ schemeId: schemeIds.payout, name: 'Claims', code: 'CLAIMS', appIds: ['TANGOCARD_RAAS'] },
		{ schemeId: secondPayoutSchemeId, name: 'Premium refunds', code: 'REFUNDS', appIds: ['CITI'] },
	];
}

export function schemeIdsFor(direction: Direction, options: SandboxOptions): string[] {
	const schemes = direction === 'DEBIT' ? collectSchemes(options) : payoutSchemes(options);
	return schemes.map((scheme) => scheme.schemeId);
}

export function allSchemeIds(options: SandboxOptions): string[] {
	return [...schemeIdsFor('DEBIT', options), ...schemeIdsFor('CREDIT', options)];
}
