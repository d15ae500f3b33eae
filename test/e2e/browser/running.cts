import { STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { byEmail, deactivation, OURS } from './workflows.cts';

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
		'a field without a value',
		'langdock',
		deactivation('langdock', '={{ $json.address }}'),
		/^Langdock: 'Email' has no value: its expression returns nothing/,
		/^Check that the field that the expression names exists in the input item\. Nothing was changed/,
	],
];

/** What people see after a run. */
export function describeRunning(desk: Desk): void {
	test('shows the record of what was done', async () => {
		const parameters = deactivation('zitadel', email);
		await desk.useNode('zitadel', { parameters }, async ({ node }) => {
			await node.execute();
			const facts = { outcome: 'deactivated', changed: 'true', stateAfter: 'deactivated' };
			expect(await node.output.items()).toEqual([
				expect.objectContaining({ service: 'zitadel', operation: 'deactivate', email, ...facts }),
			]);
			expect(desk.simulators.zitadel.account(email)?.state).toBe('deactivated');
		});
	});

	test.each(FAILURES)(
		'%s: says what happened and what to do',
		async (_, service, parameters, message, todo) => {
			await desk.useNode(service, { parameters }, async ({ node }) => {
				await node.execute();
				await node.output.message.waitFor();
				expect(await node.output.message.innerText()).toMatch(message);
				expect(await node.output.description.innerText()).toMatch(todo);
			});
		},
	);

	test('the error branch carries whoever failed, with what came in', async () => {
		const { colleague } = STAFF;
		const facts = {
			parameters: { userId: byEmail('={{ $json.email }}') },
			onError: 'continueErrorOutput',
			emails: [email, UNKNOWN_EMAIL, colleague.email],
		} as const;
		await desk.useNode('awork', facts, async (editor) => {
			await editor.node.close();
			await editor.executeWorkflow();
			const { output } = await editor.openNode(OURS);
			await output.branch('Success').click();
			expect(await output.items()).toEqual(
				[email, colleague.email].map((done) =>
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
