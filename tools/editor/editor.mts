import type { Locator, Page } from 'playwright-core';
import { editorVersionOf, type EditorVersion } from './editorVersion.mts';

/** n8n's editor, as a person uses it: by the texts on the screen where there are any. */
export class Editor {
	private readonly url: string;

	private readonly editorVersion: EditorVersion;

	/** @param n8n its address, and its version, such as `2.41.1` */
	constructor(
		private readonly page: Page,
		n8n: { url: string; version: string },
	) {
		this.url = n8n.url;
		this.editorVersion = editorVersionOf(n8n.version);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
	}

	/** The first step of a workflow that a person starts. n8n offers it before any search. */
	async addManualTrigger(): Promise<void> {
		await this.openNodeList();
		await this.entry('Trigger manually').click();
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Searches a node, and adds one of its actions or triggers. */
	async add(search: string, name: string, action: string): Promise<NodeDialog> {
		await this.openNodeList();
		await this.page.getByTestId('node-creator-search-bar').fill(search);
		await this.entry(name).click();
		await this.page.getByText(action, { exact: true }).click();
		return this.nodeDialog();
	}

	private async openNodeList(): Promise<void> {
		const start = this.page.getByTestId('canvas-add-button');
		await start.or(this.page.getByTestId('node-creator-plus-button')).first().click();
	}

	/** An entry of the list of nodes, by its title. */
	private entry(name: string): Locator {
		const title = this.page.getByText(name, { exact: true });
		return this.page.getByTestId('item-iterator-item').filter({ has: title }).first();
	}

	/** Opens a workflow that n8n has stored. */
	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
	}

	/** Opens a run that n8n has stored: `/workflow/…/executions/…`. */
	async openRun(path: string): Promise<void> {
		await this.page.goto(`${this.url}${path}`);
	}

	/** Runs the whole workflow that is open. */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Stops the run, and waits for n8n's message. */
	async stop(): Promise<void> {
		await this.page.getByTestId('stop-execution-button').click();
		await this.waitForMessage('Execution stopped');
	}

	/** The texts below the icons of the nodes. */
	async nodeTexts(): Promise<string[]> {
		return this.page.getByTestId('canvas-node').allInnerTexts();
	}

	/** Waits until n8n shows this message in the corner of the screen. */
	async waitForMessage(text: string): Promise<void> {
		await this.page.getByRole('alert').getByText(text, { exact: true }).waitFor();
	}

	/** Opens a node of a workflow that n8n has stored. */
	async openNode(workflowId: string, nodeId: string): Promise<NodeDialog> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		return this.nodeDialog();
	}

	private async nodeDialog(): Promise<NodeDialog> {
		const dialog = new NodeDialog(this.page, this.editorVersion);
		await dialog.form.waitFor();
		return dialog;
	}
}

/** A form: a node's parameters, or a credential. Fields go by their names in workflows. */
class Form {
	constructor(
		protected readonly page: Page,
		readonly form: Locator,
	) {}

	field(name: string): Locator {
		return this.form.getByTestId(`parameter-input-${name}`).locator('input, textarea').first();
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) await this.field(name).fill(value);
	}

	/** Selects an entry of a list by the text that a person sees. */
	async select(name: string, option: string): Promise<void> {
		await this.form.getByTestId(`parameter-input-${name}`).click();
		const entries = this.page.getByRole('option').filter({ visible: true });
		await entries.filter({ hasText: option }).first().click();
	}

	/** Presses a button by its text, such as "Add Instruction". */
	async press(button: string): Promise<void> {
		await this.form.getByRole('button', { name: button, exact: true }).first().click();
	}
}

/** The dialog of one node: its form and its output. */
export class NodeDialog extends Form {
	constructor(
		page: Page,
		private readonly editorVersion: EditorVersion,
	) {
		super(page, page.getByTestId('node-parameters'));
	}

	get dialog(): Locator {
		return this.page.getByTestId('ndv');
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Message and description of the error that the node ended with. */
	get error(): Locator {
		return this.output.getByTestId('node-error-message').locator('..');
	}

	/** Selects an entry of a list that comes from Imburse. */
	async selectFromList(name: string, entry: string): Promise<void> {
		await this.form.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).first().click();
	}

	/** Runs this node alone. */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** The dialog for a new credential. n8n shows a list only when there is a credential already. */
	async newCredential(): Promise<CredentialDialog> {
		const list = this.form.getByTestId('node-credentials-select');
		const empty = this.form.getByTestId('node-credentials-empty-state');
		await list.or(empty).first().click();
		const entry = this.page.getByTestId('node-credentials-select-item-new');
		const create = entry.filter({ visible: true }).first();
		const dialog = this.page.getByTestId('editCredential-modal');
		await create.or(dialog).first().waitFor();
		if (await create.isVisible()) await create.click();
		return CredentialDialog.opened(this.page, this.editorVersion);
	}

	/** The dialog of the credential that the node has. */
	async editCredential(): Promise<CredentialDialog> {
		await this.form.getByTestId('credential-edit-button').click();
		return CredentialDialog.opened(this.page, this.editorVersion);
	}

	/** The dialog of a credential that is open already. */
	credentialDialog(): Promise<CredentialDialog> {
		return CredentialDialog.opened(this.page, this.editorVersion);
	}

	async close(): Promise<void> {
		await this.page.getByTestId(this.editorVersion.closeNodeTestId).click();
		await this.dialog.waitFor({ state: 'hidden' });
	}
}

/** The dialog of one credential. n8n tests the credential whenever it is saved. */
export class CredentialDialog extends Form {
	private constructor(
		page: Page,
		private readonly editorVersion: EditorVersion,
	) {
		super(page, page.getByTestId('editCredential-modal'));
	}

	static async opened(page: Page, editorVersion: EditorVersion): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page, editorVersion);
		await dialog.form.waitFor();
		return dialog;
	}

	get success(): Locator {
		return this.form.getByText('Connection tested successfully');
	}

	get failure(): Locator {
		return this.form.getByText('Couldn’t connect with these settings');
	}

	/** Shows the reason of the failure. */
	async showReason(): Promise<void> {
		await this.form.getByText('More details').click();
	}

	async save(): Promise<void> {
		await this.form.getByTestId('credential-save-button').click();
	}

	/** Saves valid values: the test succeeds, and the dialog is closed at the end. */
	async saveValid(): Promise<void> {
		await this.save();
		if (this.editorVersion.afterSave === 'closes') {
			await this.form.waitFor({ state: 'hidden' });
			return;
		}
		await this.success.waitFor();
		await this.close();
	}

	/** The whole text of the dialog. */
	async text(): Promise<string> {
		return this.form.innerText();
	}

	async close(): Promise<void> {
		await this.page.locator('.el-dialog__headerbtn').filter({ visible: true }).last().click();
		await this.form.waitFor({ state: 'hidden' });
	}
}
