import { isHeldBack, type ErrorBody } from './errorBody';
import { codeSentence } from './errorCodes';
import type { NetworkError } from './networkError';
import { statusMeaning } from './statusTable';

/** What is certain of a failure, beside what it means and what to do about it. */
export interface FailureDetails {
	httpStatus: number | null;
	errorCodes: string[];
	/** The ID under which Imburse finds the request. */
	correlationId: string | null;
	/** The same in whole sentences. */
	sentences: string[];
}

export const NO_DETAILS: FailureDetails = {
	httpStatus: null,
	errorCodes: [],
	correlationId: null,
	sentences: [],
};

/** What a response says, with the introduction's meaning of its status. */
export function responseDetails(status: number, body: ErrorBody): FailureDetails {
	const { codes, messages, correlationId } = body;
	return {
		httpStatus: status,
		errorCodes: codes,
		correlationId,
		sentences: [
			`Imburse answered ${status}, ${statusMeaning(status)}.`,
			...gatewaySentences(status, body),
			...(codes.length === 0 ? [] : [`Imburse's code: ${codes.join(', ')}.`]),
			...(messages.length === 0 ? [] : [`Imburse's words: ${messages.map(endSentence).join(' ')}`]),
		],
	};
}

/** Imburse's own words may end without a full stop. */
function endSentence(words: string): string {
	return /[.!?…]$/.test(words) ? words : `${words}.`;
}

function gatewaySentences(status: number, body: ErrorBody): string[] {
	if (!body.isOfGateway) return [];
	const reach = isHeldBack(status, body)
		? 'the request did not reach the services behind it'
		: 'whether the request reached the services behind it is not known';
	return [`Imburse's gateway gave this answer: ${reach}.`];
}

export function networkDetails({ code }: NetworkError): FailureDetails {
	return { ...NO_DETAILS, sentences: code === '' ? [] : [`The network reported ${code}.`] };
}

/** A plain sentence for each code that is known; Imburse's own words for one that is not. */
export function describeErrors({ errors }: ErrorBody): string {
	return errors
		.map(({ code, message }) => (code && codeSentence(code)) || message?.replace(/\.$/, '') || code)
		.join('; ');
}

/** Only for messages: what a response proves, `classifyResponse` says. */
export function isNotFound(status: number, { codes }: ErrorBody): boolean {
	return status === 404 || codes.some((code) => code.endsWith('_NOT_FOUND'));
}
