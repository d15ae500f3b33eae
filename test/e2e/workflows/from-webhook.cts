import { STAFF } from '../../simulators/index.cts';
import { CHOSEN, type Office } from './office.cts';

const FILE = 'offboard-from-webhook';
const { email } = STAFF.leaver;

export function describeFromWebhook(office: Office): void {
	beforeAll(async () => await office.publish(FILE));

	const send = async (body: object): Promise<unknown> =>
		await (await office.call(FILE, body)).json();

	test('offboards the leaver, notes it for the auditors, says so, and does it once', async () => {
		const done = { email, complete: true, zitadel: 'deactivated' };
		expect(await send({ email })).toMatchObject(done);
		expect(office.changed()).toEqual(CHOSEN.map((service) => `${service} ${email} deactivated`));
		const services: unknown = expect.stringContaining('awork: deactivated');
		const row: unknown = expect.objectContaining({ email, changed: 5, services });
		expect(await office.auditRows()).toEqual([row]);
		expect(await send({ email })).toMatchObject({ ...done, zitadel: 'alreadyDeactivated' });
		expect(office.outside.messages).toEqual([]);
	});

	test('tells IT who needs attention, and the caller that it is not complete', async () => {
		const { colleague } = STAFF;
		office.simulators.zitadel.next({ kind: 'status', status: 403 }, { times: 9 });
		expect(await send({ email: colleague.email })).toMatchObject({
			complete: false,
			zitadel: 'failed',
		});
		expect(office.outside.messages).toEqual([expect.stringMatching(/sam\.roe.*\n.*zitadel: /)]);
	});

	test('refuses what names nobody, and tells IT', async () => {
		const answer = await office.call(FILE, { name: 'Kim Lee' });
		const refused: unknown = expect.stringContaining("'email'");
		expect([answer.status, await answer.json()]).toEqual([422, { understood: [], refused }]);
		expect(office.outside.messages).toEqual([refused]);
		expect(office.requests).toEqual([]);
	});

	test('only says what would happen if HR asks for that', async () => {
		const understood = [{ email, dryRun: true }];
		const row = { understood, complete: false, dryRun: true };
		expect(await send({ email, dryRun: 'true' })).toMatchObject(row);
		expect(office.changed()).toEqual([]);
		expect(office.outside.messages).toEqual([expect.stringContaining('would be deactivated')]);
	});

	test('does nothing for a caller without the key', async () => {
		expect((await office.call(FILE, { email }, 'wrong')).status).toBe(403);
		expect(office.requests).toEqual([]);
	});
}
