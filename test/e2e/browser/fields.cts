import { byId } from '../../harness/locators.cts';
import { SEED, STAFF } from '../../simulators/index.cts';
import { DESCRIPTIONS, type Desk } from './desk.cts';
import { expectTexts } from './editor.cts';

/** The departments of Aitronos, each below its parent. */
const DEPARTMENTS = [
	'General (default)',
	'General / Sales',
	'General / IT',
	'General / Sales / Partners',
];

const { leaver, namesake } = STAFF;
const KIM = `Kim Lee (${leaver.email})`;
const JOAKIM = `Joakim Lee (${namesake.email})`;

/** What people see and choose in an open node. */
export function describeFields(desk: Desk): void {
	test('a node asks for what an operation needs, marks it and explains it', async () => {
		await desk.useNode('aitronos', {}, async ({ node }) => {
			const always = ['Credential', 'Resource', 'Operation', 'Organization', 'User'];
			const transfer = 'Transfer Resources To';
			await expectTexts(node.labels, [...always, transfer, 'Options']);
			const needed = DESCRIPTIONS.aitronos.properties.filter(({ required }) => required);
			expect(needed).toHaveLength(3);
			for (const { name, description } of needed) {
				await node.issue(name).waitFor();
				expect([name, await node.help(name)]).toEqual([name, description]);
			}
			await node.openChoices('operation');
			await node.choose('Get');
			await expectTexts(node.labels, [...always, 'Options']);
		});
	});

	test.each(['aitronos', 'zitadel', 'awork'] as const)(
		'%s lists its users, finds some of them, and marks what another mode has left',
		async (service) => {
			const organizationId = byId(SEED.aitronos.organizationId);
			await desk.useNode(service, { parameters: { organizationId } }, async ({ node }) => {
				const user = node.locator('userId');
				await user.open();
				await user.items.filter({ hasText: KIM }).waitFor();
				// Whoever cannot sign in any more says so.
				const past = `Pat Past – deactivated (${STAFF.deactivated.email})`;
				await user.items.filter({ hasText: past }).waitFor();

				await user.search('kim');
				await user.items.filter({ hasText: 'Sam' }).waitFor({ state: 'detached' });
				for (const found of [KIM, JOAKIM]) await user.items.filter({ hasText: found }).waitFor();
				expect(await user.items.count()).toBe(2);

				await user.items.filter({ hasText: KIM }).first().click();
				expect(await user.input.inputValue()).toBe(KIM);
				await node.issue('userId').waitFor({ state: 'detached' });
				expect(desk.simulators[service].violations).toEqual([]);

				await user.setMode('email');
				await node.parameters.getByText('Full email address, not case-sensitive').waitFor();
				await node.issue('userId').waitFor();
				await user.type(leaver.email);
				await node.issue('userId').waitFor({ state: 'detached' });
				await user.setMode('id');
				await node.issue('userId').waitFor();
				await user.type('={{ $json.id }}');
				await node.issue('userId').waitFor({ state: 'detached' });
			});
		},
	);

	test('aitronos lists users and departments of the organization that is chosen', async () => {
		await desk.useNode('aitronos', {}, async ({ node }) => {
			const organization = node.locator('organizationId');
			const user = node.locator('userId');
			const department = node.locator('transferResourcesToDepartmentId');

			await user.open();
			await user.failure.getByText("Aitronos: 'Organization' is empty").waitFor();
			await user.failure.getByText('Choose an organization first.').waitFor();

			await organization.setMode('list');
			await node.parameters.getByText(/gives the credential's owner access/).waitFor();
			await organization.choose('Acme');
			await user.choose(KIM);
			await department.open();
			await expectTexts(department.items, DEPARTMENTS);

			await organization.setMode('id');
			await organization.type(SEED.aitronos.foreignOrganizationId);
			await user.open();
			await user.failure.getByText("The credential doesn't have permission").waitFor();
			expect(await user.items.count()).toBe(0);
		});
	});
}
