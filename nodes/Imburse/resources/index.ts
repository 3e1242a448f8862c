import type { Operation, Resource } from '../operation';
import { get as getApp } from './app/get';
import { getAll as getManyApps } from './app/getAll';
import { get as getBatch } from './batch/get';
import { get as getCustomer } from './customer/get';
import { getWallet as getCustomerWallet } from './customer/getWallet';
import { updateMetadata as updateCustomerMetadata } from './customer/updateMetadata';
import { cancel as cancelInstruction } from './instruction/cancel';
import { create as createInstruction } from './instruction/create';
import { get as getInstruction } from './instruction/get';
import { update as updateInstruction } from './instruction/update';
import { waitForStatus } from './instruction/waitForStatus';
import { create as createPaymentOrder } from './paymentOrder/create';
import { deleteMetadata as deletePaymentOrderMetadata } from './paymentOrder/deleteMetadata';
import { get as getPaymentOrder } from './paymentOrder/get';
import { updateMetadata as updatePaymentOrderMetadata } from './paymentOrder/updateMetadata';
import { claim as claimReward } from './reward/claim';
import { search as searchRewards } from './reward/search';
import { getAll as getManySchemes } from './scheme/getAll';
import { getPayoutOptions } from './scheme/getPayoutOptions';
import { get as getTenant } from './tenant/get';

/** Everything that the node can do; the form lists it in alphabetical order. */
export const RESOURCES: [Resource, ...Resource[]] = [
	{
		value: 'paymentOrder',
		name: 'Payment Order',
		defaultOperation: createPaymentOrder,
		operations: [
			createPaymentOrder,
			deletePaymentOrderMetadata,
			getPaymentOrder,
			updatePaymentOrderMetadata,
		],
	},
	{
		value: 'app',
		name: 'App',
		defaultOperation: getApp,
		operations: [getApp, getManyApps],
	},
	{
		value: 'batch',
		name: 'Batch',
		defaultOperation: getBatch,
		operations: [getBatch],
	},
	{
		value: 'customer',
		name: 'Customer',
		defaultOperation: getCustomer,
		operations: [getCustomer, getCustomerWallet, updateCustomerMetadata],
	},
	{
		value: 'instruction',
		name: 'Instruction',
		defaultOperation: createInstruction,
		operations: [
			cancelInstruction,
			createInstruction,
			getInstruction,
			updateInstruction,
			waitForStatus,
		],
	},
	{
		value: 'reward',
		name: 'Reward',
		defaultOperation: claimReward,
		operations: [claimReward, searchRewards],
	},
	{
		value: 'scheme',
		name: 'Scheme',
		defaultOperation: getManySchemes,
		operations: [getManySchemes, getPayoutOptions],
	},
	{
		value: 'tenant',
		name: 'Tenant',
		defaultOperation: getTenant,
		operations: [getTenant],
	},
];

/** The operation behind the two values that a workflow stores. */
export function operationNamed(resource: string, operation: string): Operation | undefined {
	return RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
}
