import type { ErrorEntry } from '../apiError.mts';

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Two-letter codes that Unicode knows and ISO 3166-1 has not assigned. */
const notCountries = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '));

/**
 * ISO 3166-1 alpha-2 (API reference 4.1, documented), with two documented codes (API reference 6).
 * COUNTRY_NOT_SUPPORTED for an unknown country is expected by a public test suite. That small letters
 * are refused in the same way is inferred.
 */
export function parseCountry(value: unknown, errors: ErrorEntry[]): string {
	if (value === undefined || value === null || value === '') {
		errors.push({ code: 'COUNTRY_IS_REQUIRED' });
		return '';
	}
	const text = typeof value === 'string' ? value : '';
	if (text.length > 2) errors.push({ code: 'COUNTRY_LENGTH_OUT_OF_RANGE' });
	else if (!isCountry(text)) errors.push({ code: 'COUNTRY_NOT_SUPPORTED' });
	return text;
}

function isCountry(code: string): boolean {
	return (
		/^[A-Z]{2}$/.test(code) &&
		!notCountries.has(code) &&
		new Intl.Locale(`und-${code}`).region === code &&
		regionNames.of(code) !== undefined
	);
}
