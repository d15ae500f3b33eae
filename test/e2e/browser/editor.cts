import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../../host/owner.cts';

/** Waits until the texts are these, then compares, so that a failure says what differs. */
export async function expectTexts(texts: Locator, expected: readonly string[]): Promise<void> {
	const arrived = expected.map(async (text, index) => {
		await texts.nth(index).filter({ hasText: text }).waitFor();
	});
	const gone = texts.nth(expected.length).waitFor({ state: 'detached' });
	await Promise.allSettled([...arrived, gone]);
	expect((await texts.allInnerTexts()).map((text) => text.trim())).toEqual(expected);
}

/**
 * n8n takes over what is typed a fifth of a second later, and shows nowhere that it has. This timer
 * is the page's own, too, set later and longer: it is the second to fire on any machine.
 */
async function takenOver(page: Page): Promise<void> {
	await page.evaluate('new Promise((done) => setTimeout(done, 300))');
}

/** Several lists may be in the page, all but one of them hidden. */
const visible = { visible: true };

/** What an admin does in n8n's editor. All that is known of how n8n builds its pages is here. */
export class EditorPage {
	readonly nodesPanel: NodesPanel;

	readonly node: NodeView;

	readonly credential: CredentialDialog;

	constructor(readonly page: Page) {
		this.nodesPanel = new NodesPanel(page);
		this.node = new NodeView(page);
		this.credential = new CredentialDialog(page);
	}

	async signIn({ email, password }: Owner): Promise<void> {
		await this.page.goto('/signin');
		const form = this.page.getByTestId('auth-form');
		await form.locator('input[type="email"]').fill(email);
		await form.locator('input[type="password"]').fill(password);
		await form.getByRole('button').click();
		await this.page.waitForURL(/\/home\//);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** A node on the canvas. */
	onCanvas(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async openNode(name: string): Promise<NodeView> {
		await this.onCanvas(name).dblclick();
		await this.node.parameters.waitFor();
		return this.node;
	}

	async executeWorkflow(): Promise<void> {
		await this.page.getByRole('button', { name: 'Execute workflow' }).last().click();
		await this.page.getByText('Workflow executed successfully').waitFor();
	}

	/** Closes what n8n says in the corner once something is done: it covers what is below it. */
	async closeMessages(): Promise<void> {
		const messages = this.page.locator('.el-notification');
		await messages.first().waitFor();
		for (const message of await messages.all()) {
			await message.locator('.el-notification__closeBtn').click();
		}
		await messages.first().waitFor({ state: 'detached' });
	}

	/** The file of a picture, once it can be seen. */
	async pictureIn(place: Locator): Promise<string> {
		// A second one may wait to be dragged.
		const picture = place.locator('img').first();
		// Fails if the file is not there or is no picture.
		await picture.evaluate(async (image: { decode(): Promise<void> }) => await image.decode());
		return (await picture.getAttribute('src'))?.split('/').at(-1) ?? '';
	}
}

/** The panel on the right in which nodes are found and added. */
class NodesPanel {
	readonly root: Locator;

	/** What a search finds. */
	readonly results: Locator;

	/** What the node that was chosen can do. */
	readonly actions: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('node-creator');
		this.results = this.root.getByTestId('node-creator-action-item');
		this.actions = this.root.locator('[data-keyboard-nav-type="action"]');
	}

	get names(): Locator {
		return this.results.getByTestId('node-creator-item-name');
	}

	async search(text: string): Promise<void> {
		const input = this.root.getByTestId('node-creator-search-bar');
		if (!(await input.isVisible())) await this.page.getByTestId('node-creator-plus-button').click();
		await input.fill(text);
	}

	async choose(name: string): Promise<void> {
		await this.names.getByText(name, { exact: true }).click();
	}
}

/** An open node: its input on the left, its fields in the middle, its output on the right. */
class NodeView {
	readonly root: Locator;

	/** The fields. */
	readonly parameters: Locator;

	readonly output: Output;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('ndv');
		this.parameters = page.getByTestId('node-parameters');
		this.output = new Output(page.getByTestId('output-panel'));
	}

	/** What the fields are called, from top to bottom. */
	get labels(): Locator {
		return this.parameters
			.locator('label > div:first-child > div:first-child > span')
			.filter(visible);
	}

	/** What must be read before a field is filled in. */
	get notice(): Locator {
		return this.parameters.locator('.notice').filter(visible);
	}

	field(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}

	/** What a field holds, as far as one can see. */
	async valueOf(name: string): Promise<unknown> {
		const field = this.field(name).last();
		const inputs = field.locator('input');
		await inputs.first().waitFor({ state: 'attached' });
		const values = await inputs.all();
		return [
			await field.locator('.is-checked').count(),
			...(await Promise.all(values.map(async (input) => await input.inputValue()))),
		];
	}

	/** The red sign at a field that has to be filled in. */
	issue(name: string): Locator {
		return this.field(name).getByTestId('parameter-issues');
	}

	/** @param index which one, if there are several */
	async chooseCredential(name: string, index = 0): Promise<void> {
		await this.parameters.getByTestId('node-credentials-slot').nth(index).click();
		await this.choices.filter({ hasText: name }).click();
	}

	/** The names of the chosen credentials. */
	async credentials(): Promise<string[]> {
		const slots = this.parameters.getByTestId('node-credentials-slot').filter(visible);
		await slots.first().waitFor();
		const inputs = await slots.locator('input').all();
		return await Promise.all(inputs.map(async (input) => await input.inputValue()));
	}

	locator(name: string): ResourceLocator {
		return new ResourceLocator(this.page, this.field(name));
	}

	/** The text that shows up when the mouse rests on the question mark at a field. */
	async help(name: string): Promise<string> {
		const label = this.parameters.locator(`label[for="${name}"]`);
		await label.hover();
		await label.locator('[data-icon="circle-help"]').hover();
		const tooltip = this.page.getByTestId('tooltip-content').filter(visible);
		await tooltip.waitFor();
		const text = await tooltip.innerText();
		// It lingers, and must not be taken for the next one.
		await this.root.getByTestId('node-title-container').hover();
		await tooltip.waitFor({ state: 'detached' });
		return text.trim();
	}

	/** What an open field offers to choose from. n8n adds the last one to every node. */
	get choices(): Locator {
		return this.page.getByRole('option').filter(visible).filter({ hasNotText: 'Custom API Call' });
	}

	async openChoices(name: string): Promise<void> {
		await this.field(name).click();
		await this.choices.first().waitFor();
	}

	async choose(choice: string): Promise<void> {
		await this.choices.getByText(choice, { exact: true }).click();
		await this.choices.first().waitFor({ state: 'hidden' });
	}

	/** Turns a switch the other way. */
	async flip(name: string): Promise<void> {
		await this.field(name).locator('.el-switch__core').click();
	}

	get addOption(): Locator {
		return this.parameters.getByTestId('collection-parameter-add');
	}

	async openOptions(): Promise<void> {
		await this.addOption.click();
	}

	async execute(): Promise<void> {
		await this.root.getByTestId('node-execute-button').click();
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'detached' });
	}
}

/** A field that names something: from a list, by ID, by email. */
class ResourceLocator {
	readonly input: Locator;

	/** What the open list holds. */
	readonly items: Locator;

	/** What the list shows if it cannot be loaded. */
	readonly failure: Locator;

	constructor(
		private readonly page: Page,
		private readonly field: Locator,
	) {
		this.input = field.getByTestId('rlc-input');
		this.items = page.getByTestId('rlc-item').filter(visible);
		this.failure = page.getByTestId('rlc-error-container').filter(visible);
	}

	async setMode(mode: 'list' | 'email' | 'id'): Promise<void> {
		await this.field.getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId(`mode-${mode}`).filter(visible).click();
	}

	async open(): Promise<void> {
		await this.input.click();
	}

	/** Not for the list. */
	async type(text: string): Promise<void> {
		await this.input.fill(text);
		await takenOver(this.page);
	}

	async search(text: string): Promise<void> {
		await this.page.getByTestId('rlc-search').filter(visible).fill(text);
	}

	async choose(name: string): Promise<void> {
		await this.open();
		await this.items.filter({ hasText: name }).first().click();
	}
}

class Output {
	/** What happened, if the node failed, and what to do about it. */
	readonly message: Locator;

	readonly description: Locator;

	/** What stands above the output. */
	readonly hints: Locator;

	constructor(readonly root: Locator) {
		this.hints = root.getByTestId('node-hint');
		this.message = root.getByTestId('node-error-message');
		this.description = root.getByTestId('node-error-description');
	}

	/** The items, as the table shows them. */
	async items(): Promise<Array<Record<string, string>>> {
		await this.root.getByTestId('radio-button-table').click();
		const table = this.root.locator('table');
		const names = await trimmed(table.locator('thead th'));
		const rows = await table.locator('tbody tr').all();
		const items = rows.map(async (row) => {
			const values = await trimmed(row.locator('td'));
			const fields = names.map((name, index) => [name, values[index] ?? ''] as const);
			// The last column is empty.
			return Object.fromEntries(fields.filter(([name]) => name !== ''));
		});
		return await Promise.all(items);
	}

	/** One of the outputs of a node that has several. */
	branch(name: string): Locator {
		return this.root.getByText(new RegExp(`^${name} Branch`));
	}

	async showAs(view: 'schema' | 'json'): Promise<void> {
		await this.root.getByTestId(`radio-button-${view}`).click();
	}
}

async function trimmed(texts: Locator): Promise<string[]> {
	await texts.first().waitFor();
	return (await texts.allInnerTexts()).map((text) => text.trim());
}

/** The dialog in which a credential is made, saved and tested. */
class CredentialDialog {
	readonly root: Locator;

	readonly name: Locator;

	/** Says that the service accepts the credential. */
	readonly success: Locator;

	/** Says that somebody has signed in. */
	readonly connected: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('editCredential-modal');
		this.name = this.root.getByTestId('credential-name').getByTestId('inline-edit-preview');
		this.success = this.root.getByTestId('credentials-config-container-test-success');
		this.connected = this.root.getByTestId('oauth-connect-success-banner');
	}

	/** What the fields are called, with a star at those that have to be filled in. */
	get labels(): Locator {
		return this.root
			.getByTestId('credential-connection-parameter')
			.locator('label > div:first-child > div:first-child > span')
			.filter(visible);
	}

	/** What is needed before the fields can be filled in. */
	get notice(): Locator {
		return this.root.getByTestId('credential-connection-parameter').locator('.notice');
	}

	async create(type: string): Promise<void> {
		await this.page.goto('/home/credentials/create');
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(type);
		await this.page
			.getByTestId('new-credential-type-select-option')
			.getByText(type, { exact: true })
			.click();
		await this.page.getByTestId('new-credential-type-button').click();
		// n8n finds one, without which it cannot be saved.
		await this.name.filter({ hasText: /\S/ }).waitFor();
	}

	field(name: string): Locator {
		return this.root.getByTestId(`parameter-input-${name}`).locator('input');
	}

	/** Lets a field look as if something else were in it. */
	async pretend(name: string, text: string): Promise<void> {
		await this.field(name).evaluate((input: { value: string }, value) => {
			input.value = value;
		}, text);
	}

	async fill(values: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(values)) await this.field(name).fill(value);
		await takenOver(this.page);
	}

	/** Saves the credential, which n8n then tests. */
	async save(): Promise<void> {
		const tested = this.page.waitForResponse(/\/rest\/credentials\/test$/);
		const button = this.root.getByTestId('credential-save-button');
		await button.getByRole('button').click();
		await tested;
		// Not while it is still at it: a click then would be lost.
		await button.getByText(/^Saved?$/).waitFor();
	}

	/** Goes to the service to sign in, in a window of its own. */
	async connect(): Promise<Page> {
		const window = this.page.waitForEvent('popup');
		await this.root.getByTestId('quick-connect-button').filter(visible).click();
		return await window;
	}

	/** Why the service does not accept the credential. */
	async failure(): Promise<string> {
		const banner = this.root.getByText('Couldn’t connect with these settings').filter(visible);
		await banner.waitFor();
		const more = this.root.getByText('More details').filter(visible);
		if (await more.isVisible()) await more.click();
		return await this.root.innerText();
	}
}
