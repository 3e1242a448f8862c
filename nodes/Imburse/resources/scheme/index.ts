import type { Resource } from '../../operation';
import { getAll } from './getAll';
import { getPayoutOptions } from './getPayoutOptions';

export const scheme: Resource = {
	value: 'scheme',
	name: 'Scheme',
	operations: [getAll, getPayoutOptions],
};
