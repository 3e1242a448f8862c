import { hash } from 'node:crypto';

/** 132 bits: nobody finds two texts with the same. */
const LENGTH = 22;

/**
 * Stands for a text in what n8n keeps with an execution or a workflow: short, of the same length for
 * every text, and nothing can be read in it.
 */
export function digest(text: string): string {
	return hash('sha256', text, 'base64url').slice(0, LENGTH);
}
