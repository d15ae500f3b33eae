import { SERVICES } from '../../../nodes/OffboardUser/services';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { workflowWith } from './workflows.cts';

const NAMES = SERVICES.map(({ service }) => service.displayName);
/** As the panel sorts them. */
const NODES = [...NAMES, 'Offboard User'].sort((a, b) => a.localeCompare(b, 'en'));

/** What an icon is called, if not as its node. */
const FILES: Readonly<Record<string, string>> = { 'Offboard User': 'offboardUser' };

const DEACTIVATE = 'Deactivate user (ends access, safe to repeat)';
const GET = 'Get state of user (changes nothing)';
const REACTIVATE = 'Reactivate user (restores access, safe to repeat)';

/** How people find the nodes, and what they see of them before they open one. */
export function describeNodesPanel(desk: Desk): void {
	test.each(['deactivate', 'offboarding', 'reactivate'])("'%s' finds all of them", async (text) => {
		await desk.use(`search ${text}`, async (editor) => {
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await editor.nodesPanel.search(text);
			await expectTexts(editor.nodesPanel.names, NODES);
		});
	});

	test.each(NAMES)('%s is found by its name, with what it can do', async (name) => {
		await desk.use(`search ${name}`, async (editor) => {
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await editor.nodesPanel.search(name.toLowerCase());
			await editor.nodesPanel.names.first().waitFor();
			expect(await editor.nodesPanel.names.first().innerText()).toBe(name);
			await editor.nodesPanel.choose(name);
			const lookUp = name === 'Langdock' || name === 'Odeus' ? [] : [GET];
			await expectTexts(editor.nodesPanel.actions, [DEACTIVATE, ...lookUp, REACTIVATE]);

			// Services side by side must not all be called by what they do.
			await editor.nodesPanel.actions.first().click();
			await editor.node.close();
			await editor.onCanvas(name).waitFor();
		});
	});

	test('Offboard User is found by its name, with what it can do', async () => {
		await desk.use('search Offboard User', async (editor) => {
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await editor.nodesPanel.search('offboard user');
			await editor.nodesPanel.names.first().waitFor();
			expect(await editor.nodesPanel.names.first().innerText()).toBe('Offboard User');
			await editor.nodesPanel.choose('Offboard User');
			await expectTexts(editor.nodesPanel.actions, [
				'Deactivate user everywhere (ends access, safe to repeat)',
				'Get state of user everywhere (changes nothing)',
				'Reactivate user everywhere (restores access, safe to repeat)',
			]);
		});
	});

	test.each(['light', 'dark'] as const)('every node has its icon, %s', async (colorScheme) => {
		await desk.use(`icons ${colorScheme}`, async (editor) => {
			await editor.page.emulateMedia({ colorScheme });
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await editor.nodesPanel.search('offboarding');
			await expectTexts(editor.nodesPanel.names, NODES);
			const suffix = colorScheme === 'dark' ? '.dark.svg' : '.svg';
			const icons = await Promise.all(
				(await editor.nodesPanel.results.all()).map(async (item) => await editor.pictureIn(item)),
			);
			expect(icons).toEqual(NODES.map((name) => `${FILES[name] ?? name.toLowerCase()}${suffix}`));
			expect(await editor.pictureIn(editor.onCanvas('Offboarding'))).toBe(`zitadel${suffix}`);
		});
	});
}
