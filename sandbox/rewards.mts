import { compareDecimals, DecimalNumber } from './decimal.mts';

export interface Reward {
	rewardId: string;
	name: string;
	brandName: string;
	/** The app that issues it. */
	appId: string;
	currency: string;
	countries: readonly string[];
	isActive: boolean;
	/** Decimal texts; equal for a reward of a fixed value. */
	minValue: string;
	maxValue: string;
}

/** Made-up rewards: one of a fixed value, one of a free value, one that is no longer offered. */
export const rewards: readonly Reward[] = [
	{
		rewardId: 'REWARD-COFFEE-10',
		name: 'Coffee House card, 10 euro',
		brandName: 'Coffee House',
		appId: 'TANGOCARD_RAAS',
		currency: 'EUR',
		countries: ['DE', 'FR', 'IE'],
		isActive: true,
		minValue: '10.00',
		maxValue: '10.00',
	},
	{
		rewardId: 'REWARD-BOOKS-ANY',
		name: 'Book Shop card, any value',
		brandName: 'Book Shop',
		appId: 'TANGOCARD_RAAS',
		currency: 'EUR',
		countries: ['DE', 'IE'],
		isActive: true,
		minValue: '5.00',
		maxValue: '500.00',
	},
	{
		rewardId: 'REWARD-CINEMA-OLD',
		name: 'Cinema card, 20 pounds',
		brandName: 'Cinema',
		appId: 'MVOUCHER',
		currency: 'GBP',
		countries: ['GB'],
		isActive: false,
		minValue: '20.00',
		maxValue: '20.00',
	},
];

/**
 * The Reward model. `rewardId` and the two value types are documented (API reference 4.6 and 5), the
 * other names are inferred.
 */
export function presentReward(reward: Reward): object {
	const { minValue, maxValue, ...rest } = reward;
	return hasFixedValue(reward)
		? { ...rest, valueType: 'FIXED_VALUE', value: new DecimalNumber(minValue) }
		: {
				...rest,
				valueType: 'VARIABLE_VALUE',
				minValue: new DecimalNumber(minValue),
				maxValue: new DecimalNumber(maxValue),
			};
}

/**
 * `Exact`: the reward can have exactly this value. `Max`: it can have this value or less. The names
 * are documented (API reference 4.4), their meaning is inferred.
 */
export function matchesAmount(reward: Reward, amount: string, matchType: 'Exact' | 'Max'): boolean {
	if (compareDecimals(reward.minValue, amount) > 0) return false;
	return matchType === 'Max' || compareDecimals(amount, reward.maxValue) <= 0;
}

function hasFixedValue(reward: Reward): boolean {
	return compareDecimals(reward.minValue, reward.maxValue) === 0;
}
