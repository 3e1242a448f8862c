/** A number of the JSON text whose digits are kept as they are written: money is never a float. */
export class DecimalNumber {
	/** @param text digits, optionally with a fraction, such as `210.00` */
	constructor(readonly text: string) {}
}

/** Negative, zero or positive, as for sorting. Both are plain decimal texts such as `210.00`. */
export function compareDecimals(left: string, right: string): number {
	const places = Math.max(placesOf(left), placesOf(right));
	const difference = scaled(left, places) - scaled(right, places);
	return difference < 0n ? -1 : Number(difference > 0n);
}

function placesOf(text: string): number {
	return text.split('.')[1]?.length ?? 0;
}

function scaled(text: string, places: number): bigint {
	const [whole = '', fraction = ''] = text.split('.');
	return BigInt(whole + fraction.padEnd(places, '0'));
}
