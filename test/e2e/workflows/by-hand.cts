import { exampleWorkflow } from '../../host/offboarding.cts';
import { SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { Office } from './office.cts';

export function describeByHand(office: Office): void {
	/** Runs an example workflow, and gives what it changed. */
	const run = async (file: string, dryRun: boolean): Promise<string[]> => {
		const id = await office.n8n.editor.save(exampleWorkflow(file, { dryRun }));
		await office.run(id, 'Start');
		return office.changed();
	};
	const { email } = STAFF.leaver;

	test('offboard-leaver only looks as shipped, then offboards once, and reactivate-user undoes it', async () => {
		expect(await run('offboard-leaver', true)).toEqual([]);
		expect(await run('offboard-leaver', false)).toEqual(
			SERVICE_NAMES.map((service) => `${service} ${email} deactivated`),
		);
		expect(await run('offboard-leaver', false)).toEqual([]);
		// Langdock and Odeus can only invite again.
		expect(await run('reactivate-user', false)).toEqual(
			SERVICE_NAMES.map(
				(service, index) => `${service} ${email} ${index < 2 ? 'invited' : 'active'}`,
			),
		);
	});
}
