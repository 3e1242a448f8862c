import type { Resource } from '../../operation';
import { get } from './get';
import { getWallet } from './getWallet';
import { updateMetadata } from './updateMetadata';

export const customer: Resource = {
	value: 'customer',
	name: 'Customer',
	operations: [get, getWallet, updateMetadata],
};
