import { SEED, SERVICE_NAMES, STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { DEPARTMENTS } from './fields.cts';
import { byId, credentialsFor, workflowWith } from './workflows.cts';

const NAME = 'Offboard User';

/** All services chosen, for whoever comes in. */
export const EVERYWHERE = {
	services: SERVICE_NAMES,
	aitronosOrganizationId: byId(SEED.aitronos.organizationId),
	aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
	email: '={{ $json.email }}',
};

const FIRST = ['Operation', 'Email', 'Services'];
const { leaver, colleague } = STAFF;

/** The node for all services in one step. */
export function describeOffboardUser(desk: Desk): void {
	const save = async (facts: object) =>
		await desk.saveWorkflow(workflowWith('offboardUser', { name: NAME, ...facts }));

	test('takes a first-time user to a dry run without scrolling, and keeps all options', async () => {
		await desk.use('Offboard User first time', async (editor) => {
			await editor.page.setViewportSize({ width: 1440, height: 900 });
			await editor.openWorkflow(await save({}));
			const node = await editor.openNode(NAME);
			await expectTexts(node.labels, [...FIRST, 'Options']);
			for (const name of ['email', 'services']) await node.issue(name).waitFor();

			await node.openChoices('services');
			for (const name of ['ZITADEL', 'awork']) {
				await node.choices.getByText(name, { exact: true }).click();
			}
			await editor.page.keyboard.press('Escape');
			await node.field('email').locator('input').fill(leaver.email);
			await node.chooseCredential('ZITADEL at Acme', 0);
			await node.chooseCredential('awork at Acme', 1);
			const labels = [
				...FIRST,
				'ZITADEL: Authentication',
				'awork: Authentication',
				'Credential for ZITADEL Admin API',
				'Credential for Awork Admin API',
				'awork: Include Summary',
			];
			await expectTexts(node.labels, [...labels, 'Options']);
			for (const name of ['email', 'services']) {
				await node.issue(name).waitFor({ state: 'detached' });
			}
			const { y = 0, height = 0 } = (await node.addOption.boundingBox()) ?? {};
			expect(y + height).toBeLessThan(900);
			expect((await node.labels.first().boundingBox())?.y).toBeGreaterThan(0);

			await node.openOptions();
			await node.choose('Dry Run');
			await node.flip('dryRun');
			for (const operation of ['Get', 'Deactivate']) {
				await node.openChoices('operation');
				await node.choose(operation);
			}
			await expectTexts(node.labels, [...labels, 'Options', 'Dry Run']);
			await node.execute();
			expect(await node.output.items()).toEqual([
				{
					email: leaver.email,
					complete: 'false',
					summary: `${leaver.email} would be deactivated at ZITADEL and awork.`,
					dryRun: 'true',
					zitadel: 'wouldDeactivate',
					awork: 'wouldDeactivate',
					services: expect.any(String) as string,
				},
			]);
		});
	});

	test('marks what a service needs, and lists what there is', async () => {
		await desk.use('Offboard User lists', async (editor) => {
			const parameters = { services: ['aitronos', 'langdock'] };
			const credentials = credentialsFor('aitronos', 'langdock');
			await editor.openWorkflow(await save({ parameters, credentials }));
			const node = await editor.openNode(NAME);
			await node.notice.getByText("Langdock and Odeus can't look up members").waitFor();
			const organization = node.locator('aitronosOrganizationId');
			const department = node.locator('aitronosTransferResourcesToDepartmentId');
			for (const name of ['OrganizationId', 'TransferResourcesToDepartmentId']) {
				await node.issue(`aitronos${name}`).waitFor();
			}
			await organization.setMode('list');
			await organization.choose('Acme');
			await department.open();
			await expectTexts(department.items, DEPARTMENTS);
		});
	});

	const facts = {
		parameters: EVERYWHERE,
		credentials: credentialsFor(...SERVICE_NAMES),
		emails: [leaver.email, UNKNOWN_EMAIL, colleague.email],
	};
	const failure = `${UNKNOWN_EMAIL} was not deactivated: No service knows the email '${UNKNOWN_EMAIL}'. Is it right?`;

	test('turns red and says who is done and who is not', async () => {
		await desk.use('Offboard User stops', async (editor) => {
			await editor.openWorkflow(await save(facts));
			const node = await editor.openNode(NAME);
			await node.execute();
			await node.output.message.waitFor();
			expect(await node.output.message.innerText()).toContain(
				`Not finished: 1 of 3 people. ${failure} Finished: ${leaver.email}, ${colleague.email}.`,
			);
			expect(await node.output.description.innerText()).toContain('Check the email');
		});
	});

	test('sends who is not finished along the error output', async () => {
		await desk.use('Offboard User run', async (editor) => {
			await editor.openWorkflow(await save({ ...facts, onError: 'continueErrorOutput' }));
			await editor.executeWorkflow();
			const { output } = await editor.openNode(NAME);
			await output.branch('Success').click();
			const everywhere = Object.fromEntries(SERVICE_NAMES.map((name) => [name, 'deactivated']));
			expect(await output.items()).toEqual(
				[leaver, colleague].map(({ email }) =>
					expect.objectContaining({ email, complete: 'true', ...everywhere }),
				),
			);
			await output.branch('Error').click();
			expect(await output.items()).toEqual([
				{
					email: UNKNOWN_EMAIL,
					error: failure,
					details: expect.stringMatching(/complete\s*:\s*false[^]*Check the email/) as string,
				},
			]);
		});
	});
}
