import type { Operation, Resource } from '../operation';
import { app } from './app';
import { batch } from './batch';
import { customer } from './customer';
import { instruction } from './instruction';
import { paymentOrder } from './paymentOrder';
import { reward } from './reward';
import { scheme } from './scheme';
import { tenant } from './tenant';

/** Everything that the node can do; the form lists it in alphabetical order. */
export const RESOURCES: [Resource, ...Resource[]] = [
	paymentOrder,
	app,
	batch,
	customer,
	instruction,
	reward,
	scheme,
	tenant,
];

/** The operation behind the two values that a workflow stores. */
export function operationNamed(resource: string, operation: string): Operation | undefined {
	return RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
}
