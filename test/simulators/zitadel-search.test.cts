import { bearer, send } from './client.cts';
import { SEED, STAFF, startZitadel } from './index.cts';
import type { ZitadelOptions, ZitadelSimulator } from './index.cts';

const { secrets, accounts } = SEED.zitadel;
const { leaver, namesake, twin1, twin2, mixedCase, lowerCase, deactivated, locked } = accounts;
const EVERYBODY = Object.values(accounts).length - 1; // not the foreigner

describe('zitadel user search', () => {
	let simulator: ZitadelSimulator;

	const start = async (options: ZitadelOptions = {}) => {
		simulator = await startZitadel(options);
	};
	const search = async (body: object, token: string = secrets.valid) =>
		await send(simulator.baseUrl, {
			method: 'POST',
			path: '/v2/users',
			headers: bearer(token),
			json: body,
		});
	const idsOf = (body: unknown) =>
		((body as { result?: Array<{ userId: string }> }).result ?? []).map(({ userId }) => userId);
	const find = async (...queries: object[]) => {
		const { status, body } = await search({ query: { offset: '0', limit: 100 }, queries });
		expect(status).toBe(200);
		return idsOf(body);
	};

	afterEach(() => simulator.close());

	const email = (emailAddress: string, method?: string) => ({
		emailQuery: { emailAddress, ...(method ? { method: `TEXT_QUERY_METHOD_${method}` } : {}) },
	});
	const leaverEmail = STAFF.leaver.email;
	const state = (value: string) => ({ stateQuery: { state: `USER_STATE_${value}` } });

	it.each<[string, object[], Array<{ userId: string }>]>([
		['an address', [email(leaverEmail)], [leaver]],
		['an address in another case', [email('KIM.LEE@example.org')], []],
		['whatever case', [email('KIM.LEE@example.org', 'EQUALS_IGNORE_CASE')], [leaver]],
		['a part', [email(leaverEmail, 'CONTAINS')], [leaver, namesake]],
		['a part in another case', [email('KIM.LEE', 'CONTAINS')], []],
		['a part, whatever case', [email('KIM.LEE', 'CONTAINS_IGNORE_CASE')], [leaver, namesake]],
		['a start', [email('kim.', 'STARTS_WITH')], [leaver]],
		['a start, whatever case', [email('KIM.', 'STARTS_WITH_IGNORE_CASE')], [leaver]],
		['an end', [email('lee@example.org', 'ENDS_WITH')], [leaver, namesake]],
		[
			'an end, whatever case',
			[email('m.LEE@example.org', 'ENDS_WITH_IGNORE_CASE')],
			[leaver, namesake],
		],
		['an address of two', [email(STAFF.twin.email)], [twin1, twin2]],
		['an address of one', [email(STAFF.mixedCase.email)], [mixedCase]],
		[
			'addresses that differ in case',
			[email(STAFF.lowerCase.email, 'EQUALS_IGNORE_CASE')],
			[mixedCase, lowerCase],
		],
		['nobody', [email('nobody@example.org')], []],
		['a name', [{ displayNameQuery: { displayName: 'Kim Lee' } }], [leaver]],
		['a login name', [{ loginNameQuery: { loginName: 'casey.2' } }], [lowerCase]],
		['a user name', [{ userNameQuery: { userName: 'alex.twin.2' } }], [twin2]],
		['a state', [state('INACTIVE')], [deactivated]],
		['the deleted', [state('DELETED')], []],
		['two things at once', [email('example.org', 'ENDS_WITH'), state('LOCKED')], [locked]],
		['ids', [{ inUserIdsQuery: { userIds: [leaver.userId, locked.userId] } }], [leaver, locked]],
		[
			'addresses',
			[{ inUserEmailsQuery: { userEmails: [leaverEmail, 'LOU.LOCK@example.org'] } }],
			[leaver],
		],
		[
			'one or the other',
			[{ orQuery: { queries: [email(leaverEmail), state('LOCKED')] } }],
			[leaver, locked],
		],
		[
			'both',
			[{ andQuery: { queries: [email('lee', 'CONTAINS'), email('jo', 'STARTS_WITH')] } }],
			[namesake],
		],
		[
			'all but',
			[email('lee', 'CONTAINS'), { notQuery: { query: email(leaverEmail) } }],
			[namesake],
		],
		[
			'another organization',
			[{ organizationIdQuery: { organizationId: '270000000000000002' } }],
			[],
		],
	])('finds %s', async (_case, queries, expected) => {
		await start();
		expect(await find(...queries)).toEqual(expected.map(({ userId }) => userId));
		expect(simulator.violations).toEqual([]);
	});

	it('tells people from machines', async () => {
		await start();
		const machines = await find({ typeQuery: { type: 'TYPE_MACHINE' } });
		const humans = await find({ typeQuery: { type: 'TYPE_HUMAN' } });
		expect(machines).toContain(accounts.userManager.userId);
		expect(humans).toContain(leaver.userId);
		expect(machines.length + humans.length).toBe(EVERYBODY);
	});

	it('leaves out what is empty or zero', async () => {
		await start();
		const nobody = { query: { limit: 1 }, queries: [email('nobody@example.org')] };
		expect((await search(nobody)).body).toEqual({ details: {} });
	});

	it.each([
		['without rights, only the caller', secrets.withoutRole, [accounts.withoutRole.userId]],
		[
			'without user.read, only the caller',
			secrets.withoutReading,
			[accounts.withoutReading.userId],
		],
	])('shows %s', async (_case, token, expected) => {
		await start();
		const all = await search({ query: { limit: 100 } }, token);
		expect(all.status).toBe(200);
		expect(idsOf(all.body)).toEqual(expected);
		const leaverOnly = await search(
			{ query: { limit: 100 }, queries: [email(leaverEmail)] },
			token,
		);
		expect(leaverOnly.body).toEqual({ details: {} });
	});

	it.each([
		[true, ['Ada Min', 'Alex Twin', 'Alex Twin']],
		[undefined, ['viewer@acme.example.org', 'offboarding+n8n@acme.example.org']],
	])('sorts by display name, ascending: %s', async (asc, names) => {
		await start();
		const received = await search({
			query: { limit: names.length, ...(asc ? { asc } : {}) },
			sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
		});
		const { result } = received.body as {
			result: Array<{
				human?: { profile: { displayName: string } };
				machine?: { name: string };
			}>;
		};
		expect(result.map(({ human, machine }) => human?.profile.displayName ?? machine?.name)).toEqual(
			names,
		);
	});

	it('pages by offset and limit, with the total on every page', async () => {
		await start();
		const seen: string[] = [];
		for (let offset = 0; offset < EVERYBODY; offset += 4) {
			const { body } = await search({ query: { offset, limit: 4 } });
			expect(body).toMatchObject({ details: { totalResult: String(EVERYBODY) } });
			seen.push(...idsOf(body));
		}
		expect(new Set(seen).size).toBe(EVERYBODY);
	});

	const query = { limit: 1 };
	it.each<[string, object, string]>([
		['a misspelt field at the top', { query, filters: [] }, "'filters'"],
		[
			'a misspelt field in a query',
			{ query, queries: [{ emailQuery: { emial: 'x' } }] },
			"'emial'",
		],
		['a misspelt query', { query, queries: [{ mailQuery: {} }] }, "'mailQuery'"],
		['an empty query', { query, queries: [{}] }, 'exactly one'],
		[
			'two queries in one entry',
			{ query, queries: [{ ...email('x'), ...state('LOCKED') }] },
			'exactly one',
		],
		['an unknown method', { query, queries: [email('x', 'LIKE')] }, 'method'],
		['an unknown state', { query, queries: [state('GONE')] }, 'state'],
		['an unknown column', { query, sortingColumn: 'name' }, 'sortingColumn'],
		['no query', {}, 'body.query'],
		['an error deep inside', { query, queries: [{ notQuery: { query: { x: 1 } } }] }, "'x'"],
	])('refuses and records %s', async (_case, body, problem) => {
		await start();
		expect(await search(body)).toMatchObject({ status: 400, body: { code: 3 } });
		expect(simulator.violations).toEqual([
			expect.objectContaining({ problem: expect.stringContaining(problem) }),
		]);
	});

	it.each<[string, object, number]>([
		[
			'an empty address with CONTAINS, which finds everybody',
			{ query: { limit: 100 }, queries: [email('', 'CONTAINS')] },
			EVERYBODY,
		],
		[
			'an empty address deep inside',
			{ query: { limit: 100 }, queries: [{ orQuery: { queries: [email('')] } }] },
			0,
		],
		['no limit', { query: {} }, EVERYBODY],
		['too high a limit', { query: { limit: 1001 } }, EVERYBODY],
	])('answers, but records %s', async (_case, body, count) => {
		await start();
		const received = await search(body);
		expect(received.status).toBe(200);
		expect(idsOf(received.body)).toHaveLength(count);
		expect(simulator.violations).toHaveLength(1);
	});

	it.each([{ inUserIdsQuery: { userIds: [] } }, { inUserEmailsQuery: { userEmails: [] } }])(
		'fails on an empty list: %j',
		async (entry) => {
			await start();
			const received = await search({ query, queries: [entry] });
			expect(received).toMatchObject({ status: 500, body: { code: 2 } });
		},
	);

	it('can lag one change behind, while a look at one user does not', async () => {
		await start({ listLags: true });
		const deactivate = (userId: string) =>
			send(simulator.baseUrl, {
				method: 'POST',
				path: `/v2/users/${userId}/deactivate`,
				headers: bearer(secrets.valid),
				json: {},
			});
		await deactivate(leaver.userId);
		expect(await find(state('INACTIVE'))).toEqual([deactivated.userId]);
		const read = await send(simulator.baseUrl, {
			method: 'GET',
			path: `/v2/users/${leaver.userId}`,
			headers: bearer(secrets.valid),
		});
		expect(read.body).toMatchObject({ user: { state: 'USER_STATE_INACTIVE' } });
		await deactivate(namesake.userId);
		expect(await find(state('INACTIVE'))).toEqual([leaver.userId, deactivated.userId]);
		simulator.settle();
		expect(await find(state('INACTIVE'))).toHaveLength(3);
	});
});
