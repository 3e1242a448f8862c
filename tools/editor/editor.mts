import type { Locator, Page } from 'playwright-core';
import { generationOf, type Generation } from './generation.mts';

/** n8n's editor, as a person uses it: by the words on the screen wherever there are some. */
export class Editor {
	private readonly url: string;

	private readonly generation: Generation;

	/** @param n8n its address, and its version, such as `2.41.1` */
	constructor(
		private readonly page: Page,
		n8n: { url: string; version: string },
	) {
		this.url = n8n.url;
		this.generation = generationOf(n8n.version);
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

	/** Finds a node by a word, and takes one of its actions or triggers. */
	async add(word: string, name: string, action: string): Promise<NodeDialog> {
		await this.openNodeList();
		await this.page.getByTestId('node-creator-search-bar').fill(word);
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

	/** Runs the whole workflow that is open. */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Stops the run, and waits until n8n says so. */
	async stop(): Promise<void> {
		await this.page.getByTestId('stop-execution-button').click();
		await this.isTold('Execution stopped');
	}

	/** What the nodes of the workflow say beneath their icons. */
	async nodeTexts(): Promise<string[]> {
		return this.page.getByTestId('canvas-node').allInnerTexts();
	}

	/** Waits until n8n says this in the corner of the screen. */
	async isTold(words: string): Promise<void> {
		await this.page.getByRole('alert').getByText(words, { exact: true }).waitFor();
	}

	/** Opens a node of a workflow that n8n has stored. */
	async openNode(workflowId: string, nodeId: string): Promise<NodeDialog> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		return this.nodeDialog();
	}

	private async nodeDialog(): Promise<NodeDialog> {
		const dialog = new NodeDialog(this.page, this.generation);
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

	/** Picks an entry of a list by the words that a person sees. */
	async choose(name: string, option: string): Promise<void> {
		await this.form.getByTestId(`parameter-input-${name}`).click();
		const entries = this.page.getByRole('option').filter({ visible: true });
		await entries.filter({ hasText: option }).first().click();
	}

	/** Presses a button by its words, such as "Add Instruction". */
	async press(button: string): Promise<void> {
		await this.form.getByRole('button', { name: button, exact: true }).first().click();
	}
}

/** The dialog of one node: its form, and what it puts out. */
export class NodeDialog extends Form {
	constructor(
		page: Page,
		private readonly generation: Generation,
	) {
		super(page, page.getByTestId('node-parameters'));
	}

	get whole(): Locator {
		return this.page.getByTestId('ndv');
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Message and description of the error that the node ended with. */
	get error(): Locator {
		return this.output.getByTestId('node-error-message').locator('..');
	}

	/** Picks an entry of a list that Imburse has given. */
	async chooseFromList(name: string, entry: string): Promise<void> {
		await this.form.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).first().click();
	}

	/** Runs this node alone. */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** The dialog for a credential that is not there yet. n8n offers a list only where there is one. */
	async newCredential(): Promise<CredentialDialog> {
		const list = this.form.getByTestId('node-credentials-select');
		const empty = this.form.getByTestId('node-credentials-empty-state');
		await list.or(empty).first().click();
		const entry = this.page.getByTestId('node-credentials-select-item-new');
		const create = entry.filter({ visible: true }).first();
		const dialog = this.page.getByTestId('editCredential-modal');
		await create.or(dialog).first().waitFor();
		if (await create.isVisible()) await create.click();
		return CredentialDialog.opened(this.page, this.generation);
	}

	/** The dialog of the credential that the node has. */
	async editCredential(): Promise<CredentialDialog> {
		await this.form.getByTestId('credential-edit-button').click();
		return CredentialDialog.opened(this.page, this.generation);
	}

	/** The dialog of a credential that is open already. */
	credentialDialog(): Promise<CredentialDialog> {
		return CredentialDialog.opened(this.page, this.generation);
	}

	async close(): Promise<void> {
		await this.page.getByTestId(this.generation.closesNode).click();
		await this.whole.waitFor({ state: 'hidden' });
	}
}

/** The dialog of one credential. n8n tests the credential whenever it is saved. */
export class CredentialDialog extends Form {
	private constructor(
		page: Page,
		private readonly generation: Generation,
	) {
		super(page, page.getByTestId('editCredential-modal'));
	}

	static async opened(page: Page, generation: Generation): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page, generation);
		await dialog.form.waitFor();
		return dialog;
	}

	get green(): Locator {
		return this.form.getByText('Connection tested successfully');
	}

	get red(): Locator {
		return this.form.getByText('Couldn’t connect with these settings');
	}

	/** Shows why, beside the red. */
	async showReason(): Promise<void> {
		await this.form.getByText('More details').click();
	}

	async save(): Promise<void> {
		await this.form.getByTestId('credential-save-button').click();
	}

	/** The same with values that are right: the test is green, and the dialog closed in the end. */
	async saveGood(): Promise<void> {
		await this.save();
		if (this.generation.savedCredential === 'closes') {
			await this.form.waitFor({ state: 'hidden' });
			return;
		}
		await this.green.waitFor();
		await this.close();
	}

	/** All that the dialog says. */
	async text(): Promise<string> {
		return this.form.innerText();
	}

	async close(): Promise<void> {
		await this.page.locator('.el-dialog__headerbtn').filter({ visible: true }).last().click();
		await this.form.waitFor({ state: 'hidden' });
	}
}
