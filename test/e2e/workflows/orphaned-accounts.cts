import { STAFF } from '../../simulators/index.cts';
import type { Office } from './office.cts';

const FILE = 'find-orphaned-accounts';
const TRIGGER = 'Every Month';
const { leaver, colleague, lastAdmin, invitee, namesake, twin, lowerCase } = STAFF;

export function describeOrphanedAccounts(office: Office): void {
	let id: string;
	beforeAll(async () => {
		id = await office.schedule(FILE, { knownAccounts: 'offboarding+n8n@acme.example.org' });
	});

	const report = async (): Promise<readonly string[]> => {
		const yesterday = new Date(Date.now() - 36 * 60 * 60 * 1000).toISOString().slice(0, 10);
		office.outside.people = [
			{ email: leaver.email.toUpperCase(), leavingDate: yesterday },
			...[colleague, lastAdmin, invitee, lowerCase].map(({ email }) => ({ email })),
			{ email: 'alex@example.org', aliases: [twin.email] },
			{ email: STAFF.locked.email, leavingDate: 'soon' },
		];
		await office.run(id, TRIGGER);
		expect(office.changed()).toEqual([]);
		expect(office.outside.messages).toHaveLength(1);
		return office.outside.messages[0]?.split('\n') ?? [];
	};

	test('reports leavers who are active, accounts of nobody, and machines', async () => {
		const { email } = leaver;
		const left = (service: string) =>
			expect.stringMatching(`^- ${email} at ${service}: active \\(left on .*\\)$`) as string;
		expect(await report()).toEqual([
			expect.stringContaining('(aitronos, awork, scim, zitadel)'),
			'Left, but still with access:',
			...['aitronos', 'zitadel', 'awork', 'scim'].map(left),
			"Accounts of people about whom HR's data is unclear:",
			expect.stringMatching(/^- lou\.lock@.* at zitadel: locked \(The leaving date 'soon' is not/),
			'Accounts of nobody on the list from HR:',
			`- ${namesake.email} at aitronos: active`,
			`- ${namesake.email} at zitadel: active`,
			expect.stringMatching(/^- Offboarding, ID 6f1c.* at awork: active$/),
			expect.stringMatching(/^- Reporting, ID 6f1c.* at awork: active$/),
			expect.stringMatching(/^- Blind, ID 6f1c.* at awork: active$/),
			`- ${namesake.email} at awork: active`,
			`- ${namesake.email} at scim: active`,
			"Service accounts that aren't in 'knownAccounts':",
			expect.stringMatching(/^- blind@acme\.example\.org, ID \d+ at zitadel: active$/),
			expect.stringMatching(/^- nobody@acme/),
			expect.stringMatching(/^- viewer@acme/),
		]);
	});

	test('says which service could not be checked, and reports the others', async () => {
		office.simulators.zitadel.next({ kind: 'status', status: 403 }, { times: 9 });
		const lines = await report();
		expect(lines).toContainEqual(`- ${namesake.email} at awork: active`);
		expect(lines.slice(-2)).toEqual([
			'NOT CHECKED:',
			expect.stringMatching(/^- ZITADEL: .*permission/),
		]);
	});
}
