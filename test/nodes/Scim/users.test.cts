import { says } from '../services.cts';
import { ADA, createApp, KIM, list, runAt, scimError, type Habit, type User } from './app.cts';

const failure = (reason: string, error: string, details: object = {}) => ({
	error: says(error),
	details: { reason, ...details },
});
const unexpected = (error: string) => failure('unexpectedResponse', error);

const isPatch = (method: string) => method === 'PATCH';
const withPath = (body: unknown) => JSON.stringify(body).includes('"path"');
const refuses =
	(wanted: string, status: number, form: 'all' | 'path' = 'all'): Habit =>
	({ method, body }) =>
		method === wanted && (form === 'all' || withPath(body))
			? scimError(status, status === 400 ? 'mutability' : undefined)
			: undefined;
/** Confirms a change and does nothing. */
const confirms =
	(methods: string, form: 'all' | 'path' = 'all'): Habit =>
	({ method, body, path }, users) =>
		methods.split(' ').includes(method) && (form === 'all' || withPath(body))
			? { status: 200, body: { ...users.get(decodeURIComponent(path.slice(7))), active: false } }
			: undefined;
const removes: Habit = ({ method }, users) =>
	isPatch(method) && users.delete(KIM.id) ? { status: 204 } : undefined;
const asText: Habit = ({ method, path }, users) => {
	const user = users.get(decodeURIComponent(path.slice(7)));
	return method === 'GET' && user
		? { status: 200, body: { ...user, active: user.active === true ? 'True' : 'False' } }
		: undefined;
};
const html: Habit = () => ({ status: 200, body: '<html>Sign in</html>' });
const ignoresFilter: Habit = ({ path, query }, users) =>
	path === '/Users' && query.has('filter') ? list([...users.values()]) : undefined;
const noFilter: Habit = ({ query }) =>
	query.has('filter') ? scimError(400, 'invalidFilter') : undefined;
const capped: Habit = ({ path, query }, users) => {
	if (path !== '/Users' || query.has('filter')) return undefined;
	const start = Number(query.get('startIndex')) - 1;
	return list([...users.values()].slice(start, start + 1), users.size);
};

const off = { outcome: 'deactivated', changed: true, stateBefore: 'active', verified: true };
const done = { ...off, stateAfter: 'deactivated' };

/** What the app has before, what it does, what is asked, and what comes of it. */
type Line = [what: string, habits: Habit[], parameters: object, expected: object, sent?: RegExp];

const user = (mode: string, value: string) => ({ userId: { mode, value } });
const options = (chosen: object) => ({ options: chosen });
const by = (updateMethod: string) => options({ updateMethod });
const accept = options({ ifNotFound: 'succeed' });

describe('a deactivation', () => {
	const warning = says('removes accounts');
	const removed = { ...off, stateAfter: 'unknown', verified: false, warning };
	const verify = options({ verify: true });
	const notMade = unexpected("confirmed the change, but the user is still 'active'");
	const refused = failure('refused', 'does not allow this change');
	const forbidden = failure('forbidden', "doesn't have permission");

	it.each<Line>([
		['is sent as PATCH and read back', [], {}, done, /^PATCH .*"path":"active","value":false/],
		['is read from a text', [asText], {}, done],
		['has no path where the first form does nothing', [confirms('PATCH', 'path')], {}, done],
		['has no path where the first form is refused', [refuses('PATCH', 400, 'path')], {}, done],
		['is sent as PUT where PATCH does nothing', [confirms('PATCH')], {}, done, /^PUT .*:"K"/],
		['is sent as PUT where PATCH is unknown', [refuses('PATCH', 501)], {}, done],
		['is sent as PUT where PATCH needs the ETag', [refuses('PATCH', 428)], {}, done],
		['is sent as PUT where PATCH needs the ETag, too', [refuses('PATCH', 412)], {}, done],
		['is sent as PUT by option', [refuses('PATCH', 501)], by('put'), done, /^PUT (?!.*"meta")/],
		['may remove the account', [removes], {}, removed],
		['may remove it, also where the state is read back', [removes], verify, removed],
		['that is confirmed but not made fails', [confirms('PATCH PUT')], {}, notMade],
		['is not sent as PUT if that is not wanted', [confirms('PATCH')], by('patch'), notMade],
		['that the app refuses fails', [refuses('PATCH', 400)], by('patch'), refused],
		['without permission is not tried in another form', [refuses('PATCH', 403)], {}, forbidden],
	])('%s', async (_, habits, parameters, expected, sent = /./) => {
		const { record, asked } = await runAt(createApp([KIM, ADA], habits), parameters);
		expect(record).toMatchObject(expected);
		expect(asked.filter((one) => /^(PATCH|PUT)/.test(one)).at(-1)).toMatch(sent);
	});

	it('is sent with the media type of SCIM', async () => {
		const { requests } = await runAt(createApp([KIM]));
		expect(requests.map(({ headers }) => headers)).toEqual(
			['GET', 'PATCH', 'GET'].map((method) => ({
				Accept: 'application/scim+json, application/json',
				...(isPatch(method) && { 'Content-Type': 'application/scim+json' }),
			})),
		);
	});

	it('that may have been made is not denied, whatever the app answers afterwards', async () => {
		let patches = 0;
		const lost: Habit = ({ method }, users) => {
			if (isPatch(method) && ++patches === 1) {
				users.set(KIM.id, { ...KIM, active: false });
				return { reject: { httpCode: 'ECONNRESET' } };
			}
			return patches > 0 ? { status: 400, body: 'No' } : undefined;
		};
		const { record } = await runAt(createApp([KIM], [lost]), options({ maxRetries: 1 }));
		expect(patches).toBeGreaterThan(1);
		expect(JSON.stringify(record)).toContain("isn't known whether");
		expect(JSON.stringify(record)).not.toContain('Nothing was changed');
	});

	it('that is lost proves nothing if the user is gone afterwards', async () => {
		const loses: Habit = ({ method }, users) =>
			isPatch(method) && users.delete(KIM.id) ? { reject: { httpCode: 'ECONNRESET' } } : undefined;
		const { record } = await runAt(createApp([KIM, ADA], [loses]), accept);
		const description = says("It isn't known whether the user was changed.");
		expect(record).toMatchObject({ outcome: 'failed', description });
	});

	it('does not write back what the app shows of another user', async () => {
		let reads = 0;
		const mixesUp: Habit = ({ method, path }, users) =>
			method === 'GET' && path === '/Users/2' && ++reads === 2
				? { status: 200, body: users.get(KIM.id) }
				: undefined;
		const app = createApp([KIM, ADA], [mixesUp]);
		const { record } = await runAt(app, { ...user('id', ADA.id), ...by('put') });
		expect(record).toMatchObject(unexpected("another user than '2'"));
		expect(app.users.get(ADA.id)).toEqual(ADA);
	});

	it('sends the ETag back only where the app supports ETags', async () => {
		for (const supported of [true, false]) {
			const config: Habit = ({ path }) =>
				path === '/ServiceProviderConfig'
					? { status: 200, body: { etag: { supported } } }
					: undefined;
			const tagged: Habit = ({ method, path }, users) =>
				method === 'GET' && path.startsWith('/Users/')
					? { status: 200, headers: { etag: 'W/"7"' }, body: users.get(KIM.id) }
					: undefined;
			const { requests } = await runAt(createApp([KIM], [config, tagged]), by('put'));
			const put = requests.find(({ method }) => method === 'PUT');
			expect(put?.headers?.['If-Match']).toBe(supported ? 'W/"7"' : undefined);
		}
	});

	it('of who is unknown is no success, unless the app shows that it has users', async () => {
		const unknown = user('id', 'lee');
		const at = async (people: User[], ...habits: Habit[]) =>
			(await runAt(createApp(people, habits), { ...unknown, ...accept })).record;
		expect(await at([KIM])).toMatchObject({ outcome: 'notFound' });
		expect(await at([])).toMatchObject(failure('forbidden', "can't see all users"));
		const wrongAddress: Habit = () => scimError(404);
		expect(await at([KIM], wrongAddress)).toMatchObject(unexpected('There is no SCIM API'));
		expect(await at([KIM], html)).toMatchObject(unexpected('unexpected response'));
	});

	it('is protected by user name and by every email', async () => {
		for (const name of ['KIM.LEE@example.org', 'kim@home.example']) {
			const { record } = await runAt(createApp([KIM]), options({ protectedUsers: name }));
			expect(record).toMatchObject(failure('protectedUser', 'protected'));
		}
		const named = { ...user('userName', 'boss'), ...options({ protectedUsers: 'Boss' }) };
		const app = createApp([KIM]);
		expect((await runAt(app, named)).record).toMatchObject(failure('protectedUser', "'boss'"));
		expect(app.asked).toEqual([]);
	});

	it('is refused where a protected email may be one that the app does not show', async () => {
		const { record } = await runAt(createApp([ADA]), {
			...user('id', ADA.id),
			...options({ protectedUsers: 'ada@example.org' }),
		});
		expect(record).toMatchObject(failure('protectedUser', "Can't tell whether the user '2'"));
	});

	it('of more people than allowed is refused before the first request, however they are named', async () => {
		const app = createApp([KIM, ADA]);
		const userId = ['kim', 'ada'].map((value) => ({ mode: 'userName', value }));
		const limited = { userId, ...options({ safetyLimit: 1 }) };
		const { record } = await runAt(app, limited, { items: 2 });
		expect(record).toMatchObject(failure('safetyLimit', ''));
		expect(app.asked).toEqual([]);
	});
});

describe('a user', () => {
	const find = async (habits: Habit[], mode: string, value: string, people = [ADA, KIM]) =>
		await runAt(createApp(people, habits), { operation: 'get', ...user(mode, value) });

	it.each([
		['email', 'KIM.lee@example.org'],
		['email', 'kim@home.example'],
		['userName', 'Kim.Lee@Example.org'],
		['externalId', 'hr-7'],
	])('is found by %s %s', async (mode, value) => {
		for (const habits of [[], [ignoresFilter], [noFilter], [noFilter, capped]]) {
			const { record } = await find(habits, mode, value);
			expect(record).toMatchObject({ outcome: 'found', userId: KIM.id, stateAfter: 'active' });
		}
	});

	it('is searched for with quoted text', async () => {
		const { asked } = await find([], 'userName', 'a"\\b');
		expect(asked[0]).toBe('GET /Users userName eq "a\\"\\\\b"');
	});

	it('is nobody by part of a name, and not the first of two', async () => {
		const byPrefix: Habit = ({ path, query }, users) =>
			path === '/Users' && query.has('filter') ? list([users.get(KIM.id)]) : undefined;
		expect((await find([byPrefix], 'email', 'kim@home.exam')).record).toMatchObject(
			failure('notFound', 'No user found with the email'),
		);
		const twin = { ...KIM, id: '3' };
		expect((await find([], 'externalId', 'HR-7', [KIM, twin])).record).toMatchObject(
			failure('ambiguousUser', '2 users have the external ID'),
		);
	});

	it.each([
		['userName', '', "'User' is empty"],
		['externalId', 7, "'User' must be text"],
		['id', ' ', "'User' is empty"],
		['login', 'kim', "'User' must be a user"],
	])('by %s %j is refused', async (mode, value, why) => {
		expect((await find([], mode, value as string)).record).toMatchObject(
			failure('invalidInput', why),
		);
	});

	it.each([
		[['kim@home.example']],
		['kim@home.example'],
		[{ value: 'kim@home.example' }],
		[[null, 7, { value: 7 }, { value: 'kim@home.example' }]],
	])('is found by an email that the app writes as %j', async (emails) => {
		const people = [ADA, { id: '3', userName: 'kim', active: true, emails }];
		const { record } = await find([noFilter], 'email', 'kim@home.example', people);
		expect(record).toMatchObject({ outcome: 'found', userId: '3' });
	});

	it('is in an unknown state where the app does not say, or says something else', async () => {
		for (const active of [undefined, null, 'yes', 1]) {
			const { record } = await find([], 'id', KIM.id, [{ ...KIM, active }]);
			expect(record).toMatchObject({ outcome: 'found', stateAfter: 'unknown', verified: false });
		}
	});
});

describe('the app', () => {
	const named = async (appName: unknown) =>
		(await runAt(createApp([KIM]), { operation: 'get' }, { credential: { appName } })).record;

	it('gives its name to records, messages and lists', async () => {
		expect(await named(' Slack ')).toMatchObject({ service: 'Slack' });
		expect(await named('')).toMatchObject({ service: 'service.example.org' });
		expect(await named(7)).toMatchObject({ service: 'service.example.org' });
		const credential = { appName: 'Slack' };
		const { record } = await runAt(createApp([]), {}, { credential });
		expect(record).toMatchObject({ service: 'Slack', error: says('Slack: ') });
		const rows = await runAt(
			createApp([KIM, ADA]),
			{ operation: 'getAll', returnAll: false, limit: 1, states: [] },
			{ credential },
		);
		expect(rows.output.map(({ json }) => json)).toEqual([
			{
				service: 'Slack',
				userId: KIM.id,
				email: 'Kim.Lee@example.org',
				emails: ['Kim.Lee@example.org', 'kim@home.example'],
				name: 'Kim Lee',
				state: 'active',
				kind: 'unknown',
			},
		]);
	});
});
