import { SERVICES } from '../../../nodes/OffboardUser/services';
import { SEED, SERVICE_NAMES, STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { DEPARTMENTS } from './fields.cts';
import { byId, credentialsFor, workflowWith } from './workflows.cts';

const NAME = 'Offboard User';

/** All services turned on, for whoever comes in. */
export const EVERYWHERE = {
	...Object.fromEntries(SERVICE_NAMES.map((name) => [name, true])),
	aitronosOrganizationId: byId(SEED.aitronos.organizationId),
	aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
	email: '={{ $json.email }}',
};

/** The switches of all services, each followed by the fields that are shown right behind it. */
const switches = (fields: Readonly<Record<string, string[]>> = {}) =>
	SERVICES.flatMap(({ service: { displayName } }) => [displayName, ...(fields[displayName] ?? [])]);

/** The node for all services in one step. */
export function describeOffboardUser(desk: Desk): void {
	test('asks for the credentials and fields of the services that are turned on', async () => {
		await desk.use('Offboard User fields', async (editor) => {
			const workflow = workflowWith('offboardUser', { name: NAME });
			await editor.openWorkflow(await desk.saveWorkflow(workflow));
			const node = await editor.openNode(NAME);
			await expectTexts(node.labels, [...switches(), 'Resource', 'Operation', 'Email', 'Options']);

			await node.flip('aitronos');
			await node.flip('awork');
			await expectTexts(node.labels, [
				...switches({ awork: ['awork: Authentication'] }),
				'Resource',
				'Credential for Aitronos Admin API',
				'Credential for Awork Admin API',
				'Operation',
				'Email',
				'Aitronos: Organization',
				'Aitronos: Transfer Resources to Department',
				'awork: Include Summary',
				'Options',
			]);

			await node.openChoices('operation');
			await node.choose('Get');
			await expectTexts(node.labels, [
				...switches({ awork: ['awork: Authentication'] }),
				'Resource',
				'Credential for Aitronos Admin API',
				'Credential for Awork Admin API',
				'Operation',
				'Email',
				'Aitronos: Organization',
				'Options',
			]);
		});
	});

	test('lists the departments of the organization that is chosen', async () => {
		await desk.use('Offboard User lists', async (editor) => {
			const workflow = workflowWith('offboardUser', {
				name: NAME,
				parameters: { aitronos: true },
				credentials: credentialsFor('aitronos'),
			});
			await editor.openWorkflow(await desk.saveWorkflow(workflow));
			const node = await editor.openNode(NAME);
			const organization = node.locator('aitronosOrganizationId');
			const department = node.locator('aitronosTransferResourcesToDepartmentId');
			await organization.setMode('list');
			await organization.choose('Acme');
			await department.open();
			await expectTexts(department.items, DEPARTMENTS);
		});
	});

	test('sends whoever is finished one way, and who needs attention the other', async () => {
		await desk.use('Offboard User run', async (editor) => {
			const workflow = workflowWith('offboardUser', {
				name: NAME,
				parameters: EVERYWHERE,
				credentials: credentialsFor(...SERVICE_NAMES),
				emails: [STAFF.leaver.email, UNKNOWN_EMAIL],
			});
			await editor.openWorkflow(await desk.saveWorkflow(workflow));
			await editor.executeWorkflow();
			const { output } = await editor.openNode(NAME);
			await output.branch('Complete').click();
			expect(await output.items()).toEqual([
				expect.objectContaining({
					email: STAFF.leaver.email,
					complete: 'true',
					changed: String(SERVICE_NAMES.length),
				}),
			]);
			await output.branch('Needs Attention').click();
			expect(await output.items()).toEqual([
				expect.objectContaining({
					email: UNKNOWN_EMAIL,
					complete: 'false',
					failed: String(SERVICE_NAMES.length),
				}),
			]);
		});
	});
}
