/** A number in JSON that keeps its digits as they are written: money is never a float. */
export class DecimalNumber {
	/** @param text digits, optionally with a fraction, such as `210.00` */
	constructor(readonly text: string) {}
}

/** Compares two decimal texts such as `210.00`. Negative, zero or positive, as for sorting. */
export function compareDecimals(left: string, right: string): number {
	const places = Math.max(decimalPlaces(left), decimalPlaces(right));
	const difference = toScaledInteger(left, places) - toScaledInteger(right, places);
	return difference < 0n ? -1 : Number(difference > 0n);
}

function decimalPlaces(text: string): number {
	return text.split('.')[1]?.length ?? 0;
}

function toScaledInteger(text: string, places: number): bigint {
	const [whole = '', fraction = ''] = text.split('.');
	return BigInt(whole + fraction.padEnd(places, '0'));
}
