/** As spreadsheets, their exports and n8n name the place of a row. */
const ROW_NUMBERS =
	/^(?:(?:sheet|excel|spreadsheet)?row(?:number|num|no|nr|index|id)?|line(?:number|num|no)?|record(?:number|no)|(?:item|run)?index|idx|pos(?:ition)?|seq(?:uence)?|counter|zeilen?(?:nummer|nr)?|lfdnr|nr|no|)$/;

/** Whether a field is named as the place of a row is: it changes with the rows above it. */
export function isRowNumber(name: string): boolean {
	return ROW_NUMBERS.test(name.toLowerCase().replace(/[^\p{L}]/gu, ''));
}

/**
 * The hint on a reference that is made of one, as a sentence.
 *
 * @param source what the reference is made of, as it is written
 * @param example of what belongs to the payment
 */
export function rowNumberHint(field: string, source: string, example: string): string {
	return `${field}: ${source} looks like the place of a row. If a row is added or removed above it, the same payment gets another reference and is paid again. Map a number that belongs to the payment, for example ${example}.`;
}
