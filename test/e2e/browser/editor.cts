import type { Locator, Page } from 'playwright-core';
import type { OWNER } from '../../host/owner.cts';

/** Waits until the texts are these, then compares, so that a failure says what differs. */
export async function expectTexts(texts: Locator, expected: readonly string[]): Promise<void> {
	const arrived = expected.map(async (text, index) => {
		await texts.nth(index).filter({ hasText: text }).waitFor();
	});
	const gone = texts.nth(expected.length).waitFor({ state: 'detached' });
	await Promise.allSettled([...arrived, gone]);
	expect(await trimmed(texts)).toEqual(expected);
}

const trimmed = async (texts: Locator) => (await texts.allInnerTexts()).map((text) => text.trim());

/**
 * n8n takes over what is typed a fifth of a second later, and shows nowhere that it has. This timer
 * is the page's own, too, set later and longer: it is the second to fire on any machine.
 */
async function takenOver(page: Page): Promise<void> {
	await page.evaluate('new Promise((done) => setTimeout(done, 300))');
}

/** Several lists may be in the page, all but one of them hidden. */
const visible = { visible: true };

/** What the fields in a form are called, from top to bottom. */
const labelsIn = (form: Locator) =>
	form.locator('label > div:first-child > div:first-child > span').filter(visible);

const noticeIn = (form: Locator) => form.locator('.notice').filter(visible);

/** What an admin does in n8n's editor. All that is known of how n8n builds its pages is here. */
export type EditorPage = ReturnType<typeof editorPage>;

export function editorPage(page: Page) {
	const node = nodeView(page);
	/** A node on the canvas. */
	const onCanvas = (name: string) =>
		page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	return {
		page,
		node,
		onCanvas,
		nodesPanel: nodesPanel(page),
		credential: credentialDialog(page),

		async signIn({ email, password }: typeof OWNER) {
			await page.goto('/signin');
			const form = page.getByTestId('auth-form');
			await form.locator('input[type="email"]').fill(email);
			await form.locator('input[type="password"]').fill(password);
			await form.getByRole('button').click();
			await page.waitForURL(/\/home\//);
		},

		async openWorkflow(id: string) {
			await page.goto(`/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
		},

		async openNode(name: string) {
			await onCanvas(name).dblclick();
			await node.parameters.waitFor();
			return node;
		},

		async executeWorkflow() {
			await page.getByRole('button', { name: 'Execute workflow' }).last().click();
			await page.getByText('Workflow executed successfully').waitFor();
		},

		/** Closes what n8n says in the corner once something is done: it covers what is below it. */
		async closeMessages() {
			const messages = page.locator('.el-notification');
			await messages.first().waitFor();
			for (const message of await messages.all()) {
				await message.locator('.el-notification__closeBtn').click();
			}
			await messages.first().waitFor({ state: 'detached' });
		},

		/** The file of a picture, once it can be seen. */
		async pictureIn(place: Locator) {
			// A second one may wait to be dragged.
			const picture = place.locator('img').first();
			// Fails if the file is not there or is no picture.
			await picture.evaluate(async (image: { decode(): Promise<void> }) => await image.decode());
			return (await picture.getAttribute('src'))?.split('/').at(-1) ?? '';
		},
	};
}

/** The panel on the right in which nodes are found and added. */
function nodesPanel(page: Page) {
	const root = page.getByTestId('node-creator');
	const results = root.getByTestId('node-creator-action-item');
	const names = results.getByTestId('node-creator-item-name');
	return {
		root,
		/** What a search finds. */
		results,
		names,
		/** What the node that was chosen can do. */
		actions: root.locator('[data-keyboard-nav-type="action"]'),

		async search(text: string) {
			const input = root.getByTestId('node-creator-search-bar');
			if (!(await input.isVisible())) await page.getByTestId('node-creator-plus-button').click();
			await input.fill(text);
		},
		async choose(name: string) {
			await names.getByText(name, { exact: true }).click();
		},
	};
}

/** An open node: its input on the left, its fields in the middle, its output on the right. */
function nodeView(page: Page) {
	const root = page.getByTestId('ndv');
	const parameters = page.getByTestId('node-parameters');
	const field = (name: string) => parameters.getByTestId(`parameter-input-${name}`);
	/** What an open field offers to choose from. n8n adds the last one to every node. */
	const choices = page
		.getByRole('option')
		.filter(visible)
		.filter({ hasNotText: 'Custom API Call' });
	return {
		root,
		parameters,
		field,
		choices,
		labels: labelsIn(parameters),
		notice: noticeIn(parameters),
		output: outputOf(page.getByTestId('output-panel')),
		addOption: parameters.getByTestId('collection-parameter-add'),
		locator: (name: string) => resourceLocator(page, field(name)),
		/** The red sign at a field that has to be filled in. */
		issue: (name: string) => field(name).getByTestId('parameter-issues'),

		async chooseCredential(name: string, index = 0) {
			await parameters.getByTestId('node-credentials-slot').nth(index).click();
			await choices.filter({ hasText: name }).click();
		},

		/** The text that shows up when the mouse rests on the question mark at a field. */
		async help(name: string) {
			const label = parameters.locator(`label[for="${name}"]`);
			await label.hover();
			await label.locator('[data-icon="circle-help"]').hover();
			const tooltip = page.getByTestId('tooltip-content').filter(visible);
			await tooltip.waitFor();
			const text = await tooltip.innerText();
			// It lingers, and must not be taken for the next one.
			await root.getByTestId('node-title-container').hover();
			await tooltip.waitFor({ state: 'detached' });
			return text.trim();
		},

		async openChoices(name: string) {
			await field(name).click();
			await choices.first().waitFor();
		},
		async choose(choice: string) {
			await choices.getByText(choice, { exact: true }).click();
			await choices.first().waitFor({ state: 'hidden' });
		},
		/** Turns a switch the other way. */
		async flip(name: string) {
			await field(name).locator('.el-switch__core').click();
		},
		async execute() {
			await root.getByTestId('node-execute-button').click();
		},
		async close() {
			await root.getByTestId('ndv-close-button').click();
			await root.waitFor({ state: 'detached' });
		},
	};
}

/** A field that names something: from a list, by ID, by email. */
function resourceLocator(page: Page, field: Locator) {
	const input = field.getByTestId('rlc-input');
	const items = page.getByTestId('rlc-item').filter(visible);
	return {
		input,
		/** What the open list holds. */
		items,
		/** What the list shows if it cannot be loaded. */
		failure: page.getByTestId('rlc-error-container').filter(visible),

		async setMode(mode: 'list' | 'email' | 'id') {
			await field.getByTestId('rlc-mode-selector').click();
			await page.getByTestId(`mode-${mode}`).filter(visible).click();
		},
		async open() {
			await input.click();
		},
		/** Not for the list. */
		async type(text: string) {
			await input.fill(text);
			await takenOver(page);
		},
		async search(text: string) {
			await page.getByTestId('rlc-search').filter(visible).fill(text);
		},
		async choose(name: string) {
			await input.click();
			await items.filter({ hasText: name }).first().click();
		},
	};
}

function outputOf(root: Locator) {
	const showAs = async (view: 'table' | 'schema') => {
		await root.getByTestId(`radio-button-${view}`).click();
	};
	return {
		showAs,
		/** What happened, if the node failed, and what to do about it. */
		message: root.getByTestId('node-error-message'),
		description: root.getByTestId('node-error-description'),
		/** What stands above the output. */
		hints: root.getByTestId('node-hint'),

		/** The items, as the table shows them. */
		async items(): Promise<Array<Record<string, string>>> {
			await showAs('table');
			const table = root.locator('table');
			await table.locator('tbody td').first().waitFor();
			const names = await trimmed(table.locator('thead th'));
			const rows = await table.locator('tbody tr').all();
			const items = rows.map(async (row) => {
				const values = await trimmed(row.locator('td'));
				const fields = names.map((name, index) => [name, values[index] ?? ''] as const);
				// The last column is empty.
				return Object.fromEntries(fields.filter(([name]) => name !== ''));
			});
			return await Promise.all(items);
		},
	};
}

/** The dialog in which a credential is made, saved and tested. */
function credentialDialog(page: Page) {
	const root = page.getByTestId('editCredential-modal');
	const form = root.getByTestId('credential-connection-parameter');
	const name = root.getByTestId('credential-name').getByTestId('inline-edit-preview');
	const field = (key: string) => root.getByTestId(`parameter-input-${key}`).locator('input');
	return {
		root,
		name,
		field,
		/** With a star at those that have to be filled in. */
		labels: labelsIn(form),
		/** What is needed before the fields can be filled in. */
		notice: noticeIn(form),
		/** Says that the service accepts the credential. */
		success: root.getByTestId('credentials-config-container-test-success'),
		/** Says that somebody has signed in. */
		connected: root.getByTestId('oauth-connect-success-banner'),

		async create(type: string) {
			await page.goto('/home/credentials/create');
			await page.getByTestId('new-credential-type-select').locator('input').fill(type);
			const options = page.getByTestId('new-credential-type-select-option');
			await options.getByText(type, { exact: true }).click();
			await page.getByTestId('new-credential-type-button').click();
			// n8n finds one, without which it cannot be saved.
			await name.filter({ hasText: /\S/ }).waitFor();
		},

		/** Lets a field look as if something else were in it. */
		async pretend(key: string, text: string) {
			await field(key).evaluate((input: { value: string }, value) => {
				input.value = value;
			}, text);
		},

		async fill(values: Readonly<Record<string, string>>) {
			for (const [key, value] of Object.entries(values)) await field(key).fill(value);
			await takenOver(page);
		},

		/** Saves the credential, which n8n then tests. */
		async save() {
			const tested = page.waitForResponse(/\/rest\/credentials\/test$/);
			const button = root.getByTestId('credential-save-button');
			await button.getByRole('button').click();
			await tested;
			// Not while it is still at it: a click then would be lost.
			await button.getByText(/^Saved?$/).waitFor();
		},

		/** Goes to the service to sign in, in a window of its own. */
		async connect() {
			const window = page.waitForEvent('popup');
			await root.getByTestId('quick-connect-button').filter(visible).click();
			return await window;
		},

		/** Why the service does not accept the credential. */
		async failure() {
			const banner = root.getByText('Couldn’t connect with these settings').filter(visible);
			await banner.waitFor();
			const more = root.getByText('More details').filter(visible);
			if (await more.isVisible()) await more.click();
			return await root.innerText();
		},
	};
}
