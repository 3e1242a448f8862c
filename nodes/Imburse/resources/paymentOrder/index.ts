import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';

export const paymentOrder: Resource = {
	value: 'paymentOrder',
	name: 'Payment Order',
	operations: [create, get],
};
