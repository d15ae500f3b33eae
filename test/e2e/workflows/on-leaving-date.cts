import { STAFF } from '../../simulators/index.cts';
import { CHOSEN, type Office } from './office.cts';

const FILE = 'offboard-on-leaving-date';
const TRIGGER = 'Every Morning';
const { leaver, colleague, namesake, deactivated } = STAFF;

/** A day as HR writes it, so many days from now in the time zone of the company. */
function day(fromNow: number): string {
	const date = new Date(Date.now() + fromNow * 24 * 60 * 60 * 1000);
	return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(date);
}

export function describeOnLeavingDate(office: Office): void {
	let id: string;
	beforeAll(async () => {
		id = await office.schedule(FILE);
	});

	const run = async (people: ReadonlyArray<readonly [email: string, leavingDate: unknown]>) => {
		office.outside.people = people.map(([email, leavingDate]) => ({ email, leavingDate }));
		await office.run(id, TRIGGER);
		return office.changed();
	};

	test('offboards people whose day is over, once, and asks IT about odd dates', async () => {
		const changed = await run([
			[leaver.email, day(-1)],
			[colleague.email, day(0)],
			[namesake.email, '1900-01-01'],
		]);
		expect(changed).toEqual(CHOSEN.map((name) => `${name} ${leaver.email} deactivated`));
		const question = `row 3, ${namesake.email}: The leaving date 1900-01-01`;
		expect(office.outside.messages).toEqual([expect.stringContaining(question)]);
		expect(await office.auditRows()).toContainEqual(
			expect.objectContaining({ email: leaver.email, leavingDate: day(-1), changed: 5 }),
		);
		office.reset();
		expect(await run([[leaver.email.toUpperCase(), day(-1)]])).toEqual([]);
		expect(office.requests).toEqual([]);
	});

	test('only says what would happen in a dry run, and does it later', async () => {
		const live = id;
		id = await office.schedule(FILE, { dryRun: true });
		const people = [[deactivated.email, day(-1)]] as const;
		expect(await run(people)).toEqual([]);
		expect(office.outside.messages).toEqual([
			expect.stringMatching(/pat\.past.* would be deactivated at Langdock/),
		]);

		id = live;
		await run(people);
		expect(office.outside.messages).toHaveLength(1);
		expect(await office.auditRows()).toContainEqual(
			expect.objectContaining({ email: deactivated.email, changed: 0 }),
		);
	});

	test('tells IT who is not complete, and tries again the next day', async () => {
		const people = [[colleague.email, day(-30)]] as const;
		office.simulators.awork.next({ kind: 'status', status: 403 }, { times: 9 });
		expect(await run(people)).toHaveLength(4);
		expect(office.outside.messages).toEqual([expect.stringMatching(/sam\.roe.*\n.*awork: /)]);

		office.simulators.awork.reset();
		expect(await run(people)).toEqual([`awork ${colleague.email} deactivated`]);
		expect(office.outside.messages).toHaveLength(1);
	});

	test('fails and tells IT if HR answers no list', async () => {
		office.outside.people = 'Please sign in';
		await office.run(id, TRIGGER, 'error');
		expect(office.outside.messages).toEqual([
			expect.stringContaining('text instead of a JSON list'),
		]);
		expect(office.requests).toEqual([]);
	});

	test('reads BambooHR once its step is turned on, as its note says', async () => {
		const bamboo = await office.schedule(FILE, { listField: 'employees' }, (workflow) => ({
			...workflow,
			nodes: workflow.nodes.map((node) =>
				node.name === 'BambooHR: Report' ? { ...node, disabled: false } : node,
			),
			connections: {
				...(workflow['connections'] as object),
				'Audit Table': { main: [[{ node: 'BambooHR: Report', type: 'main', index: 0 }]] },
			},
		}));
		const person = { workEmail: deactivated.email, hireDate: '2019-01-01', status: 'Inactive' };
		office.outside.people = { employees: [{ ...person, terminationDate: day(-2) }] };
		await office.run(bamboo, TRIGGER);
		const fields: unknown = expect.arrayContaining(['workEmail', 'terminationDate', 'status']);
		expect(office.outside.asked).toMatchObject({ fields });
		expect(await office.auditRows()).toContainEqual(
			expect.objectContaining({ email: deactivated.email, leavingDate: day(-2) }),
		);
	});

	test('does nothing at all if HR says that everybody leaves', async () => {
		const crowd = Array.from({ length: 10 }, (_, index) => `person${index}@example.org`);
		const everybody = [...crowd, namesake.email].map((email) => [email, day(-1)] as const);
		expect(await run(everybody)).toEqual([]);
		expect(office.outside.messages).toEqual([expect.stringContaining('person9@example.org')]);
	});
}
