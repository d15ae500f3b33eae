import { EVERYWHERE } from '../../host/offboarding.cts';
import { SERVICE_NAMES, STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';

const NAME = 'Offboard User';

const FIRST = ['Operation', 'Email', 'Services'];
const { leaver, colleague } = STAFF;

/** The node for all services in one step. */
export function describeOffboardUser(desk: Desk): void {
	test('takes a first-time user to a dry run without scrolling, and keeps all options', async () => {
		await desk.useNode('offboardUser', { name: NAME }, async ({ node, page }) => {
			await page.setViewportSize({ width: 1440, height: 900 });
			await expectTexts(node.labels, [...FIRST, 'Options']);
			for (const name of ['email', 'services']) await node.issue(name).waitFor();

			await node.openChoices('services');
			for (const name of ['ZITADEL', 'awork']) {
				await node.choices.getByText(name, { exact: true }).click();
			}
			await page.keyboard.press('Escape');
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

			await node.addOption.click();
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

	const failure = `${UNKNOWN_EMAIL} was not deactivated: No service knows the email '${UNKNOWN_EMAIL}'. Is it right?`;

	test('turns red and says who is done and who is not', async () => {
		const facts = {
			name: NAME,
			parameters: EVERYWHERE,
			services: SERVICE_NAMES,
			emails: [leaver.email, UNKNOWN_EMAIL, colleague.email],
		};
		await desk.useNode('offboardUser', facts, async ({ node }) => {
			await node.execute();
			await node.output.message.waitFor();
			expect(await node.output.message.innerText()).toContain(
				`Not finished: 1 of 3 people. ${failure} Finished: ${leaver.email}, ${colleague.email}.`,
			);
			expect(await node.output.description.innerText()).toContain('Check the email');
		});
	});
}
