import { first, scriptedRun, type ScriptedAnswer } from '../scriptedRun.cts';
import { byId, sampleOf, zitadelMe } from '../services.cts';

const { service, already = { status: 400 } } = sampleOf('zitadel');
const details = { status: 200, body: { details: { changeDate: '2026-11-01T08:00:00Z' } } };

const session = (id: string, userId = '42') => ({ id, factors: { user: { id: userId } } });
const sessions = (list: unknown[], totalResult = list.length) => ({
	status: 200,
	body: {
		details: { totalResult: String(totalResult) },
		...(list.length > 0 && { sessions: list }),
	},
});
const listed = (...ids: string[]) => sessions(ids.map((id) => session(id)));

const run = async (answers: ScriptedAnswer[]) =>
	await scriptedRun(service, {
		parameters: { userId: byId('42'), options: { endSessions: true } },
		answers: [zitadelMe, ...answers],
		continueOnFail: true,
	});

it('ends the sessions of the user, and says how many', async () => {
	const result = await run([details, listed('s1', 's2'), details, details, listed()]);
	expect(first(result)).toMatchObject({ outcome: 'deactivated', sessionsEnded: 2 });
	expect(
		result.requests.slice(2).map(({ method, url, body }) => [method, new URL(url).pathname, body]),
	).toEqual([
		[
			'POST',
			'/v2/sessions/search',
			'{"query":{"offset":0,"limit":100},"queries":[{"userIdQuery":{"id":"42"}}]}',
		],
		['DELETE', '/v2/sessions/s1', '{}'],
		['DELETE', '/v2/sessions/s2', '{}'],
		['POST', '/v2/sessions/search', expect.any(String)],
	]);
});

it('ends them also if the user was already deactivated: a second run finishes the first', async () => {
	const result = await run([already, listed('s1'), details, listed()]);
	expect(first(result)).toMatchObject({ outcome: 'alreadyDeactivated', sessionsEnded: 1 });
});

it('ends no sessions of others, from a server that ignores the filter', async () => {
	const everybody = sessions([session('s1', '43'), session('s2'), { id: 's3' }, null]);
	const result = await run([details, everybody, details, everybody]);
	expect(first(result)).toMatchObject({ outcome: 'deactivated', sessionsEnded: 1 });
	expect(
		result.requests.flatMap(({ method, url }) =>
			method === 'DELETE' ? new URL(url).pathname : [],
		),
	).toEqual(['/v2/sessions/s2']);
});

it('reads all pages of sessions before it ends any', async () => {
	const ids = Array.from({ length: 101 }, (_, index) => `s${index}`);
	const all = ids.map((id) => session(id));
	const result = await run([
		details,
		sessions(all.slice(0, 100), 101),
		sessions(all.slice(100), 101),
		...ids.map(() => details),
		listed(),
	]);
	expect(first(result)).toMatchObject({ outcome: 'deactivated', sessionsEnded: 101 });
});

it('gives up if the user keeps starting sessions', async () => {
	const rounds = Array.from({ length: 10 }, (_, index) => [listed(`s${index}`), details]);
	const result = await run([details, ...rounds.flat()]);
	expect(first(result)).toMatchObject({
		error: expect.stringContaining('The user keeps starting new sessions') as string,
		details: { outcome: 'deactivated' },
	});
});

it('ignores ended sessions that are listed a moment longer', async () => {
	const result = await run([details, listed('s1'), details, listed('s1')]);
	expect(first(result)).toMatchObject({ sessionsEnded: 1 });
});

it.each([
	['that can’t be ended', { status: 503 }, 'unavailable'],
	['whose answer has another form', { status: 200, body: {} }, 'unexpectedResponse'],
])('says how many are left of sessions %s, and what was done', async (_, answer, reason) => {
	const result = await run([details, listed('s1', 's2'), answer, details]);
	expect(first(result)).toMatchObject({
		error: expect.stringContaining(
			"The outcome is 'deactivated', but not all sessions were ended: 1 of 2 sessions could not be ended",
		) as string,
		details: { reason, outcome: 'deactivated' },
	});
});

it('fails for a session whose ID can’t be used', async () => {
	const result = await run([details, listed('..')]);
	expect(first(result).details).toMatchObject({ outcome: 'deactivated' });
});
