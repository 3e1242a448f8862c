import type { Resource } from '../../operation';
import { create } from './create';
import { deleteMetadata } from './deleteMetadata';
import { get } from './get';
import { updateMetadata } from './updateMetadata';

export const paymentOrder: Resource = {
	value: 'paymentOrder',
	name: 'Payment Order',
	operations: [create, deleteMetadata, get, updateMetadata],
};
