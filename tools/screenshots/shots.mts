import type { Page } from 'playwright-core';
import type { Theme } from '../editor/browser.mts';
import type { Editor } from '../editor/editor.mts';
import { canvasOf, fitScreen } from './canvas.mts';
import { exampleRuns, type ExampleRun } from './exampleRuns.mts';
import type { Picture } from './picture.mts';
import { SHOWN_NODE } from './workflows.mts';

/** The workflows that are shown, by their IDs in n8n. */
export interface ShownWorkflows {
	example: string;
	goodClaims: string;
	badClaims: string;
	events: string;
	/** Runs of examples, by the names of their files. */
	runs: Record<string, ExampleRun>;
	/** Address of the page that says what a file of claims holds. */
	checkedClaims: string;
}

/** One picture: what has to be done for it, and the part of the screen that it shows. */
export interface Shot {
	name: string;
	/** A page that n8n has in light alone has no dark picture. */
	themes: Theme[];
	take(editor: Editor, page: Page, shown: ShownWorkflows): Promise<Picture>;
}

/** Name of a picture's file in `docs/images`. */
export const fileName = (shot: Shot, theme: Theme): string => `${shot.name}-${theme}.png`;

const BOTH: Theme[] = ['light', 'dark'];

export const shots: Shot[] = [
	{
		name: 'example',
		themes: BOTH,
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
		themes: BOTH,
		async take(editor, _page, { goodClaims }) {
			const node = await editor.openNode(goodClaims, SHOWN_NODE);
			const credential = await node.editCredential();
			await credential.success.waitFor();
			return credential.form;
		},
	},
	{
		name: 'payout',
		themes: BOTH,
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
		themes: BOTH,
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
		themes: BOTH,
		async take(editor, _page, { events }) {
			const node = await editor.openNode(events, SHOWN_NODE);
			return node.dialog;
		},
	},
	{
		name: 'claims-check',
		themes: ['light'],
		async take(_editor, page, { checkedClaims }) {
			await page.goto(checkedClaims);
			await page.getByText('Not to be paid: ').waitFor();
			return page.locator('.container');
		},
	},
	...Object.keys(exampleRuns).map(runShot),
];

/** The canvas after a run of an example. */
function runShot(name: string): Shot {
	return {
		name,
		themes: BOTH,
		async take(editor, page, { runs }) {
			const run = runs[name];
			if (run === undefined) throw new Error(`The example ${name} has not run.`);
			await fitScreen(page, run.workflow);
			await editor.openRun(run.path);
			return canvasOf(page, run.workflow);
		},
	};
}

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
