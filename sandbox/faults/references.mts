import { readFields, type Fields } from '../body.mts';
import { Refusal } from '../failures.mts';
import type { Call } from '../route.mts';

/** The order that a call names, in its path or its body. */
export function orderRefOf(call: Call): string | undefined {
	return [call.params.orderRef, fieldsOf(call).orderRef].find((ref) => typeof ref === 'string');
}

/** Every reference in the path, and the two of the body that say what the call is about. */
export function referencesOf(call: Call): unknown[] {
	const { orderRef, instructionRef } = fieldsOf(call);
	return [...Object.values(call.params), orderRef, instructionRef];
}

function fieldsOf(call: Call): Fields {
	try {
		return readFields(call);
	} catch (error) {
		if (error instanceof Refusal) return {};
		throw error;
	}
}
