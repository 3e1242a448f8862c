const DAY_MS = 24 * 60 * 60_000;

/** A day that is further ahead is mostly a mistyped year. */
const YEARS_AHEAD = 2;

/**
 * What a person should look at again on the day by which a payment is to settle: a day that has
 * passed, and one that is more than two years ahead. Once its day has passed a payment is late
 * (API reference 4.1, documented in 2019); whether Imburse takes a day that has passed is not
 * documented. So neither is refused.
 *
 * At any moment three days can be today somewhere: that of UTC, the one before and the one after.
 * Which of them Imburse goes by is not documented, so none of them counts as passed, and the two years
 * begin after the last.
 *
 * @param day `YYYY-MM-DD`, in the calendar
 * @param today `YYYY-MM-DD` of UTC
 */
export function unusualDayHints(day: string, field: string, today: string): string[] {
	if (day < addDays(today, -1)) {
		return [
			`${field}: ${day} has passed. Check that it is the day that you mean: whether Imburse takes such a day is not documented.`,
		];
	}
	if (day > yearsLater(addDays(today, 1))) {
		return [`${field}: ${day} is more than two years ahead. Check the year.`];
	}
	return [];
}

function addDays(day: string, days: number): string {
	return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** For comparing only: 29 February stays, also in a year that has none. */
function yearsLater(day: string): string {
	return `${Number(day.slice(0, 4)) + YEARS_AHEAD}${day.slice(4)}`;
}
