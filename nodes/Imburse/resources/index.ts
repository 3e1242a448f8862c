import type { Operation, Resource } from '../operation';
import { instruction } from './instruction';
import { paymentOrder } from './paymentOrder';

/** Everything that the node can do, in the order of its list. */
export const RESOURCES: [Resource, ...Resource[]] = [paymentOrder, instruction];

/** The operation behind the two values that a workflow stores. */
export function operationNamed(resource: string, operation: string): Operation | undefined {
	return RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
}
