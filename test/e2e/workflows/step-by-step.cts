import { STAFF } from '../../simulators/index.cts';
import { CHOSEN, type Office } from './office.cts';

const FILE = 'offboard-step-by-step';
const { email } = STAFF.leaver;

export function describeStepByStep(office: Office): void {
	beforeAll(async () => await office.publish(FILE));

	/** Sends what HR sends, and waits until it is worked off. */
	const send = async (body: object): Promise<void> => {
		const answer = await office.call(FILE, body);
		expect(answer.status).toBe(202);
		const { execution } = (await answer.json()) as { execution: string };
		expect(await office.n8n.editor.settled(execution)).toMatchObject({ status: 'success' });
	};
	const rowsOf = async (person: string): Promise<readonly object[]> =>
		(await office.auditRows()).filter(
			(row) => 'service' in row && (row as { email?: unknown }).email === person,
		);

	test('offboards the leaver at one service after the other, with a row for each', async () => {
		await send({ email });
		expect(office.changed()).toEqual(CHOSEN.map((service) => `${service} ${email} deactivated`));
		expect(await rowsOf(email)).toEqual(
			CHOSEN.map((service) =>
				expect.objectContaining({ service, outcome: 'deactivated', changed: true }),
			),
		);
		expect(office.outside.messages).toEqual([]);
	});

	test('sends what fails along the error branch of its service, and nothing else', async () => {
		const person = STAFF.colleague.email;
		office.simulators.zitadel.next({ kind: 'status', status: 403 }, { times: 9 });
		await send({ email: person });
		expect(office.outside.messages).toEqual([
			expect.stringMatching(
				/sam\.roe@example\.org needs attention\. ZITADEL: .*doesn't have permission.*role/,
			),
		]);
		expect((await rowsOf(person)).map((row) => (row as { service: string }).service)).toEqual(
			CHOSEN.filter((service) => service !== 'zitadel'),
		);
	});
}
