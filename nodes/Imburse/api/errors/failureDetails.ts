import type { ErrorBody } from './errorBody';
import { codeSentence } from './errorCodes';
import { statusMeaning } from './statusTable';
import type { NetworkError } from './networkError';

/** What is certain of a call that failed, beside what it means and what to do about it. */
export interface Facts {
	httpStatus: number | null;
	errorCodes: string[];
	/** The id under which Imburse finds the request. */
	correlationId: string | null;
	/** Whole sentences. */
	lines: string[];
}

export const NO_FACTS: Facts = { httpStatus: null, errorCodes: [], correlationId: null, lines: [] };

/** What an answer says, with the introduction's meaning of its status. */
export function answerFacts(status: number, details: ErrorBody): Facts {
	const { codes, messages, correlationId } = details;
	return {
		httpStatus: status,
		errorCodes: codes,
		correlationId,
		lines: [
			`Imburse answered ${status}, ${statusMeaning(status)}.`,
			...(codes.length === 0 ? [] : [`Imburse's code: ${codes.join(', ')}.`]),
			...(messages.length === 0 ? [] : [`Imburse's words: ${messages.join(' ')}`]),
		],
	};
}

export function faultFacts({ code }: NetworkError): Facts {
	return { ...NO_FACTS, lines: code === '' ? [] : [`The network reported ${code}.`] };
}

/** Imburse's own words where a code is new to the node; a plain sentence where it is known. */
export function sentences({ errors }: ErrorBody): string {
	return errors
		.map(({ code, message }) => (code && codeSentence(code)) || message?.replace(/\.$/, '') || code)
		.join('; ');
}

/** For the words only: what an answer proves is `evidenceOf`'s to say. */
export function isNotFound(status: number, { codes }: ErrorBody): boolean {
	return status === 404 || codes.some((code) => code.endsWith('_NOT_FOUND'));
}
