import { sleep } from 'n8n-workflow';

/** Waits, or ends at once when the run is stopped: the `sleep` of n8n 1.x hears no signal. */
export async function abortableDelay(
	milliseconds: number,
	stopped: AbortSignal | undefined,
): Promise<void> {
	if (stopped?.aborted) return;
	let wake = () => {};
	const woken = new Promise<void>((resolve) => (wake = resolve));
	stopped?.addEventListener('abort', wake, { once: true });
	await Promise.race([sleep(milliseconds), woken]);
	stopped?.removeEventListener('abort', wake);
}
