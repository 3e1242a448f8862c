import type { Locator, Page } from 'playwright-core';
import type { Theme } from '../editor/browser.mts';
import type { Editor } from '../editor/editor.mts';
import { SHOWN_NODE } from './workflows.mts';

/** The workflows that are shown, by their IDs in n8n. */
export interface ShownWorkflows {
	example: string;
	goodClaims: string;
	badClaims: string;
	events: string;
}

/** One picture: what has to be done for it, and the part of the screen that it shows. */
export interface Shot {
	name: string;
	take(editor: Editor, page: Page, shown: ShownWorkflows): Promise<Locator>;
}

/** Name of a picture's file in `docs/images`. */
export const fileName = (shot: Shot, theme: Theme): string => `${shot.name}-${theme}.png`;

export const shots: Shot[] = [
	{
		name: 'example',
		async take(editor, page, { example }) {
			await editor.openWorkflow(example);
			await editor.execute();
			await editor.waitForMessage('Workflow executed successfully');
			await closeToasts(page);
			return page.locator('body');
		},
	},
	{
		name: 'credential',
		async take(editor, _page, { goodClaims }) {
			const node = await editor.openNode(goodClaims, SHOWN_NODE);
			const credential = await node.editCredential();
			await credential.success.waitFor();
			return credential.form;
		},
	},
	{
		name: 'payout',
		async take(editor, page, { goodClaims }) {
			const node = await editor.openNode(goodClaims, SHOWN_NODE);
			await node.execute();
			await node.output.getByText('3 items').first().waitFor();
			await closeToasts(page);
			return node.dialog;
		},
	},
	{
		name: 'error',
		async take(editor, page, { badClaims }) {
			const node = await editor.openNode(badClaims, SHOWN_NODE);
			await node.execute();
			await node.error.waitFor();
			await closeToasts(page);
			return node.dialog;
		},
	},
	{
		name: 'trigger',
		async take(editor, _page, { events }) {
			const node = await editor.openNode(events, SHOWN_NODE);
			return node.dialog;
		},
	},
];

/** n8n says in a corner what the picture shows anyway, and hides a part of it. */
async function closeToasts(page: Page): Promise<void> {
	const toast = page.locator('.el-notification').filter({ visible: true }).first();
	await toast.waitFor();
	while (await toast.isVisible()) {
		// Without the pointer: the form would go by the row that it passes over.
		await toast.locator('.el-notification__closeBtn').dispatchEvent('click');
		await toast.waitFor({ state: 'hidden' });
	}
}
