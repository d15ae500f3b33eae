import { STAFF } from '../../simulators/index.cts';
import type { Office } from './office.cts';

const FILE = 'offboard-everywhere';
const { colleague } = STAFF;
const { email } = colleague;

export function describeEverywhere(office: Office): void {
	beforeAll(async () => await office.publish(FILE));

	/** Fills a form in, and gives what IT is told then. */
	const submit = async (form: string, ...values: readonly string[]): Promise<string> => {
		const url = await office.n8n.instance.webhook(form, 'POST', 'form');
		const body = new FormData();
		for (const [index, value] of values.entries()) body.set(`field-${index}`, value);
		expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
		const told = office.outside.message();
		const answer = await fetch(url, { method: 'POST', headers: office.signedIn, body });
		expect(answer.status).toBe(200);
		return await told;
	};
	const confirm = async (app: string, person = email) =>
		await submit('offboarding-task', person, app, 'Ada Min', 'Yes');
	const atWiki = () => office.wiki.accounts().find((account) => account.email === email)?.state;

	test('ends the access everywhere, and is complete once a person has done the rest', async () => {
		const preview = await submit(FILE, email, 'Preview');
		expect(preview).toMatch(
			/Preview, nothing was changed\.\n.*would be.*\n- scim: would be .*\n- Wiki: would be/,
		);
		expect(office.changed()).toEqual([]);
		expect(await office.ledgerRows(email)).toEqual([]);

		const told = await submit(FILE, ` ${email.toUpperCase()}`, 'Offboard');
		expect(told).toContain('NOT COMPLETE');
		expect(told).toContain('- Wiki: deactivated');
		expect(office.changed()).toHaveLength(6);
		expect(atWiki()).toBe('deactivated');
		const link = /Fax server: open for a person\. Confirm: (\S+)/.exec(told)?.[1] ?? '';
		expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
			Email: expect.stringMatching(/^sam\.roe@/i) as string,
			App: 'Fax server',
		});
		expect(await office.ledgerRows(email)).toHaveLength(9);

		// The weekly re-check names what is open.
		await office.run(office.ledger, 'Every Week');
		expect(office.outside.messages.at(-1)).toContain(`- ${email} at Fax server: since`);

		expect(await confirm('Car park')).toContain("no open task 'Car park'");
		expect(await confirm('Door badge')).toMatch(
			/Confirmed by Ada Min\.\nStill open: Fax server\.$/,
		);
		expect(await confirm('Fax server')).toMatch(/\nNo task of this person is open any more\.$/);
		expect(await confirm('Fax server')).toContain("no open task 'Fax server'");
		expect(await office.ledgerRows(email)).toContainEqual(
			expect.objectContaining({
				service: 'Fax server',
				status: 'off',
				note: 'Confirmed by Ada Min',
			}),
		);
	});

	test('goes on where an app fails, and says so in the one result', async () => {
		office.wiki.next({ kind: 'status', status: 403 }, { times: 9 });
		const told = await submit(FILE, STAFF.namesake.email, 'Offboard');
		expect(told).toMatch(
			/NOT COMPLETE\.\n- .* was deactivated at .*\n- scim: deactivated\n- Wiki: .*permission/,
		);
	});
}
