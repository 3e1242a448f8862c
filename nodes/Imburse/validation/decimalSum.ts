/** Above the decimals of every currency (ISO 4217 has four at the most). */
const DECIMALS = 6;

/** The sum of decimal texts that are not negative, without zeros that do not count. */
export function sumDecimals(texts: readonly string[]): string {
	return toDecimalText(texts.reduce((sum, text) => sum + toScaledInteger(text), 0n));
}

export function isMoreThan(a: string, b: string): boolean {
	return toScaledInteger(a) > toScaledInteger(b);
}

function toDecimalText(scaled: bigint): string {
	const digits = String(scaled).padStart(DECIMALS + 1, '0');
	const decimals = digits.slice(-DECIMALS).replace(/0+$/, '');
	return `${digits.slice(0, -DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`;
}

function toScaledInteger(amount: string): bigint {
	const whole = amount.replace(/\..*$/, '');
	const decimals = amount.slice(whole.length + 1);
	return BigInt(whole + decimals.padEnd(DECIMALS, '0').slice(0, DECIMALS));
}
