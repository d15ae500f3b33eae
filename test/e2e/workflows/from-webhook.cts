import { SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import { changedSince, statesOf } from '../agent/staff.cts';
import type { Office } from './office.cts';

const FILE = 'offboard-from-webhook';
const { email } = STAFF.leaver;

export function describeFromWebhook(office: Office): void {
	beforeAll(async () => await office.publish(FILE));

	const send = async (body: object): Promise<unknown> =>
		await (await office.call(FILE, body)).json();

	test('offboards the leaver, notes it for the auditors and says so', async () => {
		const { simulators } = office;
		const before = statesOf(simulators);
		expect(await send({ email })).toMatchObject({ email, complete: true, changed: 5 });
		expect(changedSince(before, simulators)).toEqual(
			SERVICE_NAMES.map((service) => `${service} ${email} deactivated`),
		);
		expect(await office.auditRows()).toEqual([
			expect.objectContaining({
				email,
				changed: 5,
				services: expect.stringContaining('awork: deactivated'),
			}),
		]);
		expect(office.outside.messages).toEqual([]);
	});

	test('changes nothing when HR sends the same again', async () => {
		await send({ email });
		const before = statesOf(office.simulators);
		expect(await send({ email })).toMatchObject({ email, complete: true, changed: 0 });
		expect(changedSince(before, office.simulators)).toEqual([]);
	});

	test('tells IT who needs attention, and the caller that it is not complete', async () => {
		const { colleague } = STAFF;
		office.simulators.zitadel.next({ kind: 'status', status: 403 }, { times: 9 });
		expect(await send({ email: colleague.email })).toMatchObject({ complete: false, failed: 1 });
		expect(office.outside.messages).toEqual([expect.stringMatching(/sam\.roe.*\n.*zitadel: /)]);
	});

	test.each([
		[{ name: 'Kim Lee' }, "'email'"],
		[{ email, leavingDate: '1900-01-01' }, 'before 2000'],
		[{ email, dryRun: 'maybe' }, "'dryRun'"],
		[{ people: [{ email }, { email: 'x@example.org' }] }, 'one person'],
	])('refuses %j and tells IT', async (body, reason) => {
		const answer = await office.call(FILE, body);
		expect(answer.status).toBe(422);
		expect(await answer.json()).toEqual({
			understood: [],
			refused: expect.stringContaining(reason),
		});
		expect(office.outside.messages).toEqual([expect.stringContaining(reason)]);
		for (const name of SERVICE_NAMES) expect(office.simulators[name].requests).toEqual([]);
	});

	test('only says what would happen if HR asks for that', async () => {
		const before = statesOf(office.simulators);
		expect(await send({ email, dryRun: 'true' })).toMatchObject({
			understood: [{ email, dryRun: true }],
			complete: false,
		});
		expect(changedSince(before, office.simulators)).toEqual([]);
	});

	test('does nothing for a caller without the key', async () => {
		expect((await office.call(FILE, { email }, 'wrong')).status).toBe(403);
		for (const name of SERVICE_NAMES) expect(office.simulators[name].requests).toEqual([]);
	});
}
