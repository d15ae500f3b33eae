import type { INodeProperties } from 'n8n-workflow';
import { SEED, SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';
import { fieldsOf } from './descriptions.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { byId, OURS, workflowWith } from './workflows.cts';

/** What every node shows first. */
const FIRST = ['Credential', 'Resource', 'Operation'];
/** What an operation asks for, as an admin reads it. */
const ASKS: Readonly<Record<ServiceName, Readonly<Record<string, readonly string[]>>>> = {
	langdock: { Deactivate: ['Email'], Reactivate: ['Email', 'Role'] },
	odeus: { Deactivate: ['Email'], Reactivate: ['Email', 'Role'] },
	aitronos: {
		Deactivate: ['Organization', 'User', 'Transfer Resources To'],
		Get: ['Organization', 'User'],
		Reactivate: ['Organization', 'User'],
	},
	zitadel: { Deactivate: ['User'], Get: ['User'], Reactivate: ['User'] },
	awork: { Deactivate: ['User', 'Include Summary'], Get: ['User'], Reactivate: ['User'] },
};

/** The departments of Aitronos, each below its parent. */
export const DEPARTMENTS = [
	'General (default)',
	'General / Sales',
	'General / IT',
	'General / Sales / Partners',
];

const SERVICES_WITH_LISTS = ['aitronos', 'zitadel', 'awork'] as const;

const { leaver, namesake } = STAFF;
const KIM = `Kim Lee (${leaver.email})`;
const JOAKIM = `Joakim Lee (${namesake.email})`;

/** What people see and choose in an open node. */
export function describeFields(desk: Desk): void {
	const withNode = async (
		name: string,
		service: ServiceName,
		parameters: object,
		work: Parameters<Desk['use']>[1],
	) => {
		await desk.use(name, async (editor) => {
			await editor.openWorkflow(await desk.saveWorkflow(workflowWith(service, { parameters })));
			await editor.openNode(OURS);
			await work(editor);
		});
	};

	test.each(SERVICE_NAMES)('%s asks for what each operation needs', async (service) => {
		await withNode(`${service} fields`, service, {}, async ({ node }) => {
			const operations = Object.entries(ASKS[service]);
			for (const [operation, fields] of operations) {
				await node.openChoices('operation');
				await expectTexts(
					node.choices.locator('.option-headline'),
					operations.map(([name]) => name),
				);
				await node.choose(operation);
				await expectTexts(node.labels, [...FIRST, ...fields, 'Options']);
			}
		});
	});

	test.each(SERVICE_NAMES)('%s marks what is needed and explains its fields', async (service) => {
		await withNode(`${service} help`, service, {}, async ({ node }) => {
			const fields = fieldsOf(service, 'deactivate');
			const notices = fields.filter(({ type }) => type === 'notice');
			await expectTexts(
				node.notice,
				notices.map(({ displayName }) => displayName),
			);

			const required = fields.filter((field) => field.required);
			expect(required).not.toEqual([]);
			for (const { name } of required) await node.issue(name).waitFor();

			const explained = fields.filter(({ description }) => description !== undefined);
			expect(explained).not.toEqual([]);
			for (const { name, description } of explained) {
				expect([name, await node.help(name)]).toEqual([name, description]);
			}

			const options = fields.find(({ name }) => name === 'options')?.options ?? [];
			await node.openOptions();
			await expectTexts(
				node.choices,
				options.map((option) => (option as INodeProperties).displayName),
			);
		});
	});

	test.each(SERVICES_WITH_LISTS)('%s lists its users and finds some of them', async (service) => {
		const organizationId = byId(SEED.aitronos.organizationId);
		await withNode(`${service} list`, service, { organizationId }, async ({ node }) => {
			const user = node.locator('userId');
			await user.open();
			await user.items.filter({ hasText: KIM }).waitFor();
			// Whoever cannot sign in any more says so.
			await user.items.filter({ hasText: `(${STAFF.deactivated.email}) – deactivated` }).waitFor();

			await user.search('kim');
			await user.items.filter({ hasText: 'Sam' }).waitFor({ state: 'detached' });
			for (const found of [KIM, JOAKIM]) await user.items.filter({ hasText: found }).waitFor();
			expect(await user.items.count()).toBe(2);

			await user.items.filter({ hasText: KIM }).first().click();
			expect(await user.input.inputValue()).toBe(KIM);
			await node.issue('userId').waitFor({ state: 'detached' });
			expect(desk.simulators[service].violations).toEqual([]);
		});
	});

	test.each(SERVICES_WITH_LISTS)(
		'%s takes an address, and says what it has to be',
		async (service) => {
			await withNode(`${service} by email`, service, {}, async ({ node }) => {
				const user = node.locator('userId');
				await user.setMode('email');
				expect(await user.input.getAttribute('placeholder')).toMatch(/^e\.g\. .*@/);
				await node.parameters.getByText('Full email address, not case-sensitive').waitFor();
			});
		},
	);

	test('aitronos lists users and departments of the organization that is chosen', async () => {
		await withNode('aitronos organization', 'aitronos', {}, async ({ node }) => {
			const organization = node.locator('organizationId');
			const user = node.locator('userId');
			const department = node.locator('transferResourcesToDepartmentId');

			await user.open();
			await user.failure.getByText("Aitronos: 'Organization' is empty").waitFor();

			await organization.setMode('list');
			await node.parameters.getByText(/gives the credential's owner access/).waitFor();
			await organization.choose('Acme');
			await user.open();
			await user.items.filter({ hasText: KIM }).waitFor();
			await user.items.filter({ hasText: KIM }).click();
			await department.open();
			await expectTexts(department.items, DEPARTMENTS);

			await organization.setMode('id');
			await organization.type(SEED.aitronos.foreignOrganizationId);
			await user.open();
			await user.failure.getByText("The credential doesn't have permission").waitFor();
			expect(await user.items.count()).toBe(0);
		});
	});

	test('zitadel tells users apart that share name and address', async () => {
		await withNode('zitadel twins', 'zitadel', {}, async ({ node }) => {
			const user = node.locator('userId');
			await user.open();
			await user.search(STAFF.twin.email);
			const { twin1, twin2 } = SEED.zitadel.accounts;
			await expectTexts(
				user.items,
				[twin1, twin2].map(({ userId }) => `Alex Twin (${STAFF.twin.email}) – ID ${userId}`),
			);
		});
	});
}
