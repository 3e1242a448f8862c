import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Asks again and again until the answer is something. Rejects with `what` when that takes longer
 * than the limit; a question that fails counts as not yet answered, and its reason is told at the end.
 */
export async function until<Answer>(
	what: string,
	limitMs: number,
	ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
): Promise<Answer> {
	const deadline = Date.now() + limitMs;
	let reason = '';
	while (Date.now() < deadline) {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== false) return answer;
			reason = '';
		} catch (error) {
			reason = `: ${error instanceof Error ? error.message : String(error)}`;
		}
		await pause(POLL_MS);
	}
	throw new Error(`Not within ${limitMs / 1000} s: ${what}${reason}`);
}
