import { SERVICE_NAMES, STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { byEmail, deactivation, OURS, workflowWith } from './workflows.cts';

const { email } = STAFF.leaver;

/** What a failed run shows, by what went wrong. */
const FAILURES: ReadonlyArray<
	readonly [what: string, service: ServiceName, parameters: object, message: RegExp, todo: RegExp]
> = [
	[
		'the last admin',
		'awork',
		deactivation('awork', STAFF.lastAdmin.email),
		/^awork refused to deactivate 'ada\.min@example\.org'/,
		/The last admin of a workspace can't be deactivated: make someone else an admin first\./,
	],
	[
		'two users with one address',
		'zitadel',
		deactivation('zitadel', STAFF.twin.email),
		/^ZITADEL: 2 users have the email 'alex\.twin@example\.org'/,
		/Choose one of them by ID: \d+, \d+\. Nothing was changed/,
	],
	[
		'somebody whom nobody knows',
		'aitronos',
		deactivation('aitronos', UNKNOWN_EMAIL),
		/^Aitronos: No user found with the email 'nobody@example\.org'/,
		/Check the email, and make sure the credential belongs to the right organization/,
	],
	[
		'a field without a value',
		'langdock',
		deactivation('langdock', '={{ $json.address }}'),
		/^Langdock: 'Email' has no value: its expression returns nothing/,
		/^Check that the field that the expression names exists in the input item\. Nothing was changed/,
	],
];

/** What people see after a run. */
export function describeRunning(desk: Desk): void {
	const save = async (...workflow: Parameters<typeof workflowWith>) =>
		await desk.saveWorkflow(workflowWith(...workflow));

	test.each(SERVICE_NAMES)('%s shows the record of what was done', async (service) => {
		await desk.use(`${service} record`, async (editor) => {
			await editor.openWorkflow(await save(service, { parameters: deactivation(service, email) }));
			const node = await editor.openNode(OURS);
			await node.execute();
			expect(await node.output.items()).toEqual([
				expect.objectContaining({
					service,
					operation: 'deactivate',
					outcome: 'deactivated',
					changed: 'true',
					email,
					stateAfter: 'deactivated',
				}),
			]);
			expect(desk.simulators[service].account(email)?.state).toBe('deactivated');
		});
	});

	test.each(FAILURES)(
		'%s: says what happened and what to do',
		async (what, service, parameters, message, todo) => {
			await desk.use(what, async (editor) => {
				await editor.openWorkflow(await save(service, { parameters }));
				const node = await editor.openNode(OURS);
				await node.execute();
				await node.output.message.waitFor();
				expect(await node.output.message.innerText()).toMatch(message);
				expect(await node.output.description.innerText()).toMatch(todo);
			});
		},
	);

	test('pinned output is used again, and nobody is asked', async () => {
		await desk.use('pinned', async (editor) => {
			await editor.openWorkflow(
				await save('zitadel', { parameters: deactivation('zitadel', email) }),
			);
			const node = await editor.openNode(OURS);
			await node.execute();
			const items = await node.output.items();
			await node.output.pin();
			await node.close();

			const requests = desk.simulators.zitadel.requests.length;
			await editor.executeWorkflow();
			await editor.openNode(OURS);
			expect(await node.output.items()).toEqual(items);
			expect(desk.simulators.zitadel.requests).toHaveLength(requests);
		});
	});

	test('the error branch carries whoever failed, with what came in', async () => {
		await desk.use('error branch', async (editor) => {
			const people = [email, UNKNOWN_EMAIL, STAFF.colleague.email];
			await editor.openWorkflow(
				await save('awork', {
					parameters: { userId: byEmail('={{ $json.email }}') },
					onError: 'continueErrorOutput',
					emails: people,
				}),
			);
			await editor.executeWorkflow();
			const { output } = await editor.openNode(OURS);

			await output.branch('Success').click();
			expect(await output.items()).toEqual(
				[email, STAFF.colleague.email].map((done) =>
					expect.objectContaining({ outcome: 'deactivated', email: done }),
				),
			);
			await output.branch('Error').click();
			expect(await output.items()).toEqual([
				{
					email: UNKNOWN_EMAIL,
					error: `awork: No user found with the email '${UNKNOWN_EMAIL}'`,
					details: expect.stringMatching(/reason\s*:\s*notFound[^]*Nothing was changed/),
				},
			]);
		});
	});
}
