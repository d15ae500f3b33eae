import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { EVERYWHERE, exampleWorkflow } from '../../host/offboarding.cts';
import { SEED, STAFF } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { deactivation, workflowWith } from './workflows.cts';

const FOLDER = join(__dirname, '../../../docs/images');
/** Bytes. They are part of the repository. */
const MAXIMUM = 150_000;

/** A picture for the documentation. */
export async function take(
	name: string,
	what: Locator | Page,
	scale: 'css' | 'device' = 'device',
): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const path = join(FOLDER, `${name}.png`);
	await what.screenshot({ path, animations: 'disabled', scale });
	expect(statSync(path).size).toBeLessThan(MAXIMUM);
}

/** The pictures of the documentation, taken anew. */
export function describePictures(desk: Desk): void {
	const { email } = STAFF.leaver;

	test.each([
		['workflow', 'offboard-leaver', { width: 1200, height: 860 }],
		['offboard-from-webhook', 'offboard-from-webhook', { width: 1400, height: 780 }],
	])('the example workflow in %s.png', async (picture, file, size) => {
		await desk.use(async (editor) => {
			await editor.page.setViewportSize(size);
			await editor.openWorkflow(await desk.saveWorkflow(exampleWorkflow(file)));
			await editor.pictureIn(editor.onCanvas('Offboard User'));
			// Fine print all over: sharp enough, and half the size.
			await take(picture, editor.page, 'css');
		});
	});

	test('the nodes panel', async () => {
		await desk.use(async (editor) => {
			await editor.page.setViewportSize({ width: 1200, height: 680 });
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await editor.nodesPanel.search('offboarding');
			await editor.nodesPanel.names.getByText('ZITADEL').waitFor();
			for (const result of await editor.nodesPanel.results.all()) await editor.pictureIn(result);
			await take('nodes-panel', editor.nodesPanel.root);
		});
	});

	test('a credential that works', async () => {
		await desk.use(async (editor) => {
			await editor.page.setViewportSize({ width: 1100, height: 920 });
			const { credential } = editor;
			await credential.create('Langdock Admin API');
			const publicAddress = await credential.field('baseUrl').inputValue();
			await credential.fill({
				baseUrl: desk.simulators.langdock.baseUrl,
				apiKey: SEED.langdock.secrets.valid,
			});
			await credential.save();
			await credential.success.waitFor();
			await editor.closeMessages();
			// What people will see: they have no simulator.
			await credential.pretend('baseUrl', publicAddress);
			await take('credential', credential.root);
		});
	});

	test('the fields of a node', async () => {
		await desk.useNode('aitronos', { name: 'Aitronos' }, async ({ node, page }) => {
			await page.setViewportSize({ width: 1280, height: 760 });
			await node.locator('organizationId').setMode('list');
			await node.locator('organizationId').choose('Acme');
			await node.locator('transferResourcesToDepartmentId').choose('General / IT');
			await node.locator('userId').open();
			await node.locator('userId').items.first().waitFor();
			await take('fields', node.root);
		});
	});

	test('a record', async () => {
		const options = { endSessions: true, protectedUsers: 'ceo@example.org', verify: true };
		const parameters = { ...deactivation('zitadel', email), options };
		await desk.useNode('zitadel', { name: 'ZITADEL', parameters }, async (editor) => {
			const { node } = editor;
			await editor.page.setViewportSize({ width: 1280, height: 800 });
			await node.execute();
			await node.output.items();
			await node.output.showAs('schema');
			await editor.closeMessages();
			await take('record', node.root);
		});
	});

	test('all services in one step', async () => {
		const facts = {
			name: 'Offboard User',
			parameters: { ...EVERYWHERE, services: ['zitadel', 'awork'], options: { dryRun: true } },
			services: ['zitadel', 'awork'] as const,
			emails: [email, STAFF.deactivated.email],
		};
		await desk.useNode('offboardUser', facts, async ({ node, page }) => {
			await page.setViewportSize({ width: 1440, height: 900 });
			await node.execute();
			await node.output.items();
			await take('offboard-user', node.root, 'css');
		});
	});

	test('an error', async () => {
		const parameters = deactivation('zitadel', STAFF.twin.email);
		await desk.useNode('zitadel', { name: 'ZITADEL', parameters }, async (editor) => {
			const { node } = editor;
			await editor.page.setViewportSize({ width: 1280, height: 760 });
			await node.execute();
			await node.output.message.waitFor();
			await editor.closeMessages();
			await take('error', node.root);
		});
	});
}
