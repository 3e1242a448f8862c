/**
 * What differs between the generations of n8n's editor, as far as a person's way leads through it.
 * All other words and test ids of this folder are the same in both.
 */
export interface Generation {
	/** Test id of what leads from a node's dialog back to the workflow. */
	closesNode: string;
	/** What the dialog of a credential does when it was saved and its test is green. */
	savedCredential: 'closes' | 'stays open';
}

const generations: Record<string, Generation> = {
	'1': { closesNode: 'back-to-canvas', savedCredential: 'stays open' },
	'2': { closesNode: 'ndv-close-button', savedCredential: 'closes' },
};

/** Of an n8n by its version, such as `2.41.1`. */
export function generationOf(version: string): Generation {
	const generation = generations[version.split('.')[0] ?? ''];
	if (generation === undefined) throw new Error(`The editor of n8n ${version} is not known here.`);
	return generation;
}
