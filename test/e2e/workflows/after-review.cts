import { STAFF } from '../../simulators/index.cts';
import { CHOSEN, type Office } from './office.cts';

const FILE = 'offboard-after-review';
const { leaver, deactivated } = STAFF;

export function describeAfterReview(office: Office): void {
	beforeAll(async () => await office.publish(FILE));

	/** Sends what HR sends, and gives the link to the form that the reviewers get. */
	const ask = async (): Promise<string> => {
		const asked = office.outside.message();
		const people = [leaver, deactivated].map(({ email }) => ({ email }));
		expect((await office.call(FILE, { people })).status).toBe(202);
		const text = await asked;
		expect(text).toContain(`- ${leaver.email} would be deactivated at Langdock, Odeus`);
		const [link = '', executionId = ''] = /http\S+form-waiting\/(\d+)\S*/.exec(text) ?? [];
		// A test is faster than a person, and to early birds n8n never answers.
		expect(await office.n8n.editor.settled(executionId)).toMatchObject({ status: 'waiting' });
		return link;
	};

	/** Opens the form, fills it in and gives the report. */
	const review = async (decision: string, link: string): Promise<string> => {
		const headers = office.signedIn;
		const form = await (await fetch(link, { headers })).text();
		expect(form).toContain(`${leaver.email} would be deactivated at Langdock, Odeus`);

		const body = new FormData();
		body.set('field-0', decision);
		body.set('field-1', 'Ada Min');
		const report = office.outside.message();
		expect((await fetch(link, { method: 'POST', headers, body })).status).toBe(200);
		return await report;
	};

	test('offboards those who were looked at once somebody approves, also after a restart', async () => {
		const link = await ask();
		await office.n8n.restart();
		const report = await review('Approve', link);
		expect(report).toContain('approved by Ada Min');
		expect(report).toContain(`- ${leaver.email} was deactivated at Langdock, Odeus`);
		expect(office.changed()).toEqual(CHOSEN.map((name) => `${name} ${leaver.email} deactivated`));
	});

	test('only sends the preview if HR asks for that', async () => {
		const preview = office.outside.message();
		const people = [leaver, { email: 'x' }];
		expect((await office.call(FILE, { people, dryRun: true })).status).toBe(207);
		expect(await preview).toMatch(/^Preview .*\n.*would be.*\nNot included:\n.* 'x' is/);
	});

	test('does nothing before, for somebody who only has the link, or if it is rejected', async () => {
		const link = await ask();
		expect((await fetch(link, {})).status).toBe(401);
		const body = new FormData();
		body.set('field-0', 'Approve');
		body.set('field-1', 'Mallory');
		expect((await fetch(link, { method: 'POST', body })).status).toBe(401);
		expect(await review('Reject', link)).toContain('rejected by Ada Min. Nothing was changed.');
		expect(office.changed()).toEqual([]);
	});
}
