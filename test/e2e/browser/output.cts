import { byEmail } from '../../harness/locators.cts';
import { STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import { nothing } from '../flow.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { OURS, workflowWith } from './workflows.cts';

const NEXT = 'Next';
const { email } = STAFF.leaver;

/** What people see of the output, before a run and after it. */
export function describeOutput(desk: Desk): void {
	const zitadel = (facts: Parameters<typeof workflowWith>[1]) =>
		workflowWith('zitadel', {
			emails: [email, UNKNOWN_EMAIL],
			onError: 'continueRegularOutput',
			...facts,
		});

	test('before the first run, the next node offers the fields of the record', async () => {
		await desk.use(async (editor) => {
			const id = await desk.saveWorkflow(zitadel({ behind: [nothing(NEXT)] }));
			await editor.openWorkflow(id);
			const { root } = await editor.openNode(NEXT);
			const fields = root.getByTestId('run-data-schema-item');
			for (const field of ['outcome', 'userId', 'stateAfter', 'sessionsEnded']) {
				await fields.filter({ hasText: field }).first().waitFor();
			}
		});
	});

	test('after a run, it says what to know, and a failed user is a row like the others', async () => {
		await desk.use(async (editor) => {
			await editor.openWorkflow(
				await desk.saveWorkflow(zitadel({ parameters: { userId: byEmail('={{ $json.email }}') } })),
			);
			await editor.executeWorkflow();
			const { output } = await editor.openNode(OURS);
			await expectTexts(output.hints, [
				'1 user deactivated, 1 failed.',
				"1 result was concluded from the service's response, not verified. Turn on 'Verify' to read the users again afterwards.",
			]);
			expect(await output.items()).toEqual([
				expect.objectContaining({ outcome: 'deactivated', email }),
				expect.objectContaining({
					service: 'zitadel',
					email: UNKNOWN_EMAIL,
					outcome: 'failed',
					reason: 'notFound',
					error: `ZITADEL: No user found with the email '${UNKNOWN_EMAIL}'`,
				}),
			]);
		});
	});
}
