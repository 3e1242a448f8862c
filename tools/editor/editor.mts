import type { Locator, Page } from 'playwright-core';

/** n8n's editor, as a person uses it: by the words on the screen wherever there are some. */
export class Editor {
	constructor(
		private readonly page: Page,
		private readonly url: string,
	) {}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
	}

	/** The first step of a workflow that a person starts. */
	async addManualTrigger(): Promise<void> {
		await (await this.search('manually', 'Trigger manually')).click();
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens the list of nodes, looks for a word, and waits until a node of this name is found. */
	async search(word: string, name: string): Promise<Locator> {
		const start = this.page.getByTestId('canvas-add-button');
		await start.or(this.page.getByTestId('node-creator-plus-button')).first().click();
		await this.page.getByTestId('node-creator-search-bar').fill(word);
		const title = this.page.getByText(name, { exact: true });
		const found = this.page.getByTestId('item-iterator-item').filter({ has: title }).first();
		await found.waitFor();
		return found;
	}

	/** Finds a node by a word, and takes one of its actions or triggers. */
	async add(word: string, name: string, action: string): Promise<NodeDialog> {
		await (await this.search(word, name)).click();
		await this.page.getByText(action, { exact: true }).click();
		return this.nodeDialog();
	}

	/** Opens a node of a workflow that n8n has stored. */
	async openNode(workflowId: string, nodeId: string): Promise<NodeDialog> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		return this.nodeDialog();
	}

	private async nodeDialog(): Promise<NodeDialog> {
		const dialog = new NodeDialog(this.page);
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
	constructor(page: Page) {
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
		return CredentialDialog.opened(this.page);
	}

	/** The dialog of the credential that the node has. */
	async editCredential(): Promise<CredentialDialog> {
		await this.form.getByTestId('credential-edit-button').click();
		return CredentialDialog.opened(this.page);
	}

	/** The dialog of a credential that is open already. */
	credentialDialog(): Promise<CredentialDialog> {
		return CredentialDialog.opened(this.page);
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.whole.waitFor({ state: 'hidden' });
	}
}

/** The dialog of one credential. n8n tests the credential whenever it is saved. */
export class CredentialDialog extends Form {
	static async opened(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page, page.getByTestId('editCredential-modal'));
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

	/** All that the dialog says. */
	async text(): Promise<string> {
		return this.form.innerText();
	}

	async close(): Promise<void> {
		await this.page.locator('.el-dialog__headerbtn').filter({ visible: true }).last().click();
		await this.form.waitFor({ state: 'hidden' });
	}
}
