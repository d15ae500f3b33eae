import type { ScriptedAnswer } from '../scriptedRun.cts';
import { byId, itComesToAt, runnerOf, sampleOf, zitadelMe } from '../services.cts';

const { already = { status: 400 } } = sampleOf('zitadel');
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

const parameters = { userId: byId('42'), options: { endSessions: true } };
const run = async (answers: ScriptedAnswer[]) =>
	await runnerOf('zitadel')([zitadelMe, ...answers], parameters);
const itComesTo = (name: string, answers: ScriptedAnswer[], expected: object) => {
	itComesToAt('zitadel')(name, parameters, [zitadelMe, ...answers], expected);
};

it('ends the sessions of the user', async () => {
	const { asked } = await run([details, listed('s1', 's2'), details, details, listed()]);
	const query = '{"query":{"offset":0,"limit":100},"queries":[{"userIdQuery":{"id":"42"}}]}';
	expect(asked.slice(2)).toEqual([
		`POST /v2/sessions/search ${query}`,
		'DELETE /v2/sessions/s1 {}',
		'DELETE /v2/sessions/s2 {}',
		`POST /v2/sessions/search ${query}`,
	]);
});

it('ends no sessions of others, from a server that ignores the filter', async () => {
	const everybody = sessions([session('s1', '43'), session('s2'), { id: 's3' }, null]);
	const { record, asked } = await run([details, everybody, details, everybody]);
	expect(record).toMatchObject({ outcome: 'deactivated', sessionsEnded: 1 });
	expect(asked.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /v2/sessions/s2 {}']);
});

const says = (text: string) => expect.stringContaining(text) as string;
const ids = Array.from({ length: 101 }, (_, index) => `s${index}`);
const all = ids.map((id) => session(id));
const endless = Array.from({ length: 10 }, (_, index) => [listed(`s${index}`), details]).flat();
const PARTLY =
	"The outcome is 'deactivated', but not all sessions were ended: 1 of 2 sessions could not be ended";
const failure = (error: string, also = {}) => ({
	error: says(error),
	details: { outcome: 'deactivated', ...also },
});

itComesTo(
	'says how many sessions it ended',
	[details, listed('s1', 's2'), details, details, listed()],
	{ outcome: 'deactivated', sessionsEnded: 2 },
);
itComesTo(
	'ends the sessions of a deactivated user: a second run finishes the first',
	[already, listed('s1'), details, listed()],
	{ outcome: 'alreadyDeactivated', sessionsEnded: 1 },
);
itComesTo(
	'reads all pages of sessions before it ends any',
	[
		details,
		sessions(all.slice(0, 100), 101),
		sessions(all.slice(100), 101),
		...ids.map(() => details),
		listed(),
	],
	{ outcome: 'deactivated', sessionsEnded: 101 },
);
itComesTo(
	'gives up if the user keeps starting sessions',
	[details, ...endless],
	failure('The user keeps starting new sessions'),
);
itComesTo(
	'ignores ended sessions that are listed a moment longer',
	[details, listed('s1'), details, listed('s1')],
	{ sessionsEnded: 1 },
);
itComesTo(
	"says how many sessions are left that can't be ended",
	[details, listed('s1', 's2'), { status: 503 }, details],
	failure(PARTLY, { reason: 'unavailable' }),
);
itComesTo(
	'says how many sessions are left whose answer has another form',
	[details, listed('s1', 's2'), { status: 200, body: {} }, details],
	failure(PARTLY, { reason: 'unexpectedResponse' }),
);
itComesTo("fails for a session whose ID can't be used", [details, listed('..')], failure(''));
