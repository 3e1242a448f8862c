/**
 * The differences between the major versions of n8n's editor, for the steps in this folder. All other
 * texts and test IDs here are the same in both.
 */
export interface EditorVersion {
	/** Test ID of the element that closes the dialog of a node. */
	closeNodeTestId: string;
	/** What the dialog of a credential does after a save with a successful test. */
	afterSave: 'closes' | 'stays open';
}

const editorVersions: Record<string, EditorVersion> = {
	'1': { closeNodeTestId: 'back-to-canvas', afterSave: 'stays open' },
	'2': { closeNodeTestId: 'ndv-close-button', afterSave: 'closes' },
};

/** @param version of n8n, such as `2.41.1` */
export function editorVersionOf(version: string): EditorVersion {
	const editorVersion = editorVersions[version.split('.')[0] ?? ''];
	if (editorVersion === undefined)
		throw new Error(`The editor of n8n ${version} is not known here.`);
	return editorVersion;
}
