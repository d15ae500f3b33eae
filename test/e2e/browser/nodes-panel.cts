import { SERVICES } from '../../../nodes/OffboardUser/services';
import { zitadel } from '../../../nodes/Zitadel/zitadel';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { workflowWith } from './workflows.cts';

const NAMES = SERVICES.map(({ service }) => service.displayName);
const OFFBOARD_USER = 'Offboard User';
/** As the panel sorts them: what does it all first, then by name. */
const NODES = [OFFBOARD_USER, ...[...NAMES].sort((a, b) => a.localeCompare(b, 'en'))];

/** What an icon is called, if not as its node. */
const FILES: Readonly<Record<string, string>> = { [OFFBOARD_USER]: 'offboardUser' };

const WORDS = [
	'terminate',
	'employee',
	'identity',
	'revoke access',
	'delete user',
	'off-boarding',
	'joiner-mover-leaver',
	'joiner mover leaver',
	'leaver',
	'offboard user',
];

/** How people find the nodes, and what they see of them before they open one. */
export function describeNodesPanel(desk: Desk): void {
	const open = async (work: Parameters<Desk['use']>[0]) => {
		await desk.use(async (editor) => {
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('zitadel')));
			await work(editor);
		});
	};

	test('words for leaving find Offboard User first, words for what it does find all', async () => {
		await open(async ({ nodesPanel }) => {
			const finds = async (word: string, first: string) => {
				await nodesPanel.search(word);
				await nodesPanel.names.first().filter({ hasText: first }).waitFor();
			};
			for (const word of WORDS) {
				// So that nothing is left in the panel from the word before.
				await finds('okta', 'Okta');
				await finds(word, OFFBOARD_USER);
			}
			for (const word of ['deactivate', 'offboarding', 'reactivate']) {
				await nodesPanel.search(word);
				await expectTexts(nodesPanel.names, NODES);
			}
			for (const word of ['provisioning', 'scim']) await finds(word, 'SCIM');
			// Who looks for other nodes is not flooded with ours.
			await finds('user', 'Okta');
			for (const name of NAMES) {
				expect(await nodesPanel.names.getByText(name, { exact: true }).count()).toBe(0);
			}
		});
	});

	test('a service is found by its name, with what it can do', async () => {
		await open(async (editor) => {
			const { nodesPanel } = editor;
			await nodesPanel.search('zitadel');
			await nodesPanel.names.first().filter({ hasText: 'ZITADEL' }).waitFor();
			await nodesPanel.choose('ZITADEL');
			await expectTexts(
				nodesPanel.actions,
				Object.values(zitadel.operations).map(({ option }) => option.action ?? ''),
			);
			// Services side by side must not all be called by what they do.
			await nodesPanel.actions.first().click();
			await editor.node.close();
			await editor.onCanvas('ZITADEL').waitFor();
		});
	});

	test.each(['light', 'dark'] as const)('every node has its icon, %s', async (colorScheme) => {
		await open(async (editor) => {
			await editor.page.emulateMedia({ colorScheme });
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
