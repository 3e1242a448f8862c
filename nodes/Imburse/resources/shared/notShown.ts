/** What to do about an answer that does not show what was asked for. */
export const NOT_SHOWN =
	'Run it again; if this stays, look at the answer with Get, and show it to whoever runs your n8n: something on the way may answer in Imburse’s place.';
