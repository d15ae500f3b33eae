import { STAFF, UNKNOWN_EMAIL } from '../../simulators/index.cts';
import type { Office } from './office.cts';

const FILE = 'check-former-employees';
const TRIGGER = 'Every Week';

export function describeFormerEmployees(office: Office): void {
	let id: string;
	beforeAll(async () => {
		id = await office.schedule(FILE);
	});

	const check = async (...emails: string[]): Promise<readonly string[]> => {
		office.outside.people = emails.map((email) => ({ email }));
		await office.run(id, TRIGGER);
		expect(office.changed()).toEqual([]);
		return office.outside.messages;
	};

	test('says nothing if all access is gone', async () => {
		expect(await check(STAFF.deactivated.email, UNKNOWN_EMAIL)).toEqual([]);
	});

	test('reports who still has access where, and failures for themselves', async () => {
		const { leaver, deactivated } = STAFF;
		office.simulators.awork.next({ kind: 'status', status: 401 }, { times: 9 });
		const messages = await check(leaver.email, deactivated.email);
		expect([...messages].sort()).toEqual([
			expect.stringMatching(
				/^Could not be checked:(\n- .*awork failed: the credential was rejected\.\n {2}- awork: .*){2}$/,
			),
			[
				'Left, but still with access:',
				`- ${leaver.email} at aitronos: active`,
				`- ${leaver.email} at zitadel: active`,
			].join('\n'),
		]);
	});
}
