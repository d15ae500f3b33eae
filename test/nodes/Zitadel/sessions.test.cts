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

const ended = (sessionsEnded: number) => ({ outcome: 'deactivated', sessionsEnded });

const parameters = { userId: byId('42'), options: { endSessions: true } };
const run = async (answers: ScriptedAnswer[]) =>
	await runnerOf('zitadel')([zitadelMe, ...answers], parameters);
const itComesTo = (name: string, answers: ScriptedAnswer[], expected: object) => {
	itComesToAt('zitadel')(name, parameters, [zitadelMe, ...answers], expected);
};

it('ends the sessions of the user', async () => {
	const { record, asked } = await run([details, listed('s1', 's2'), details, details, listed()]);
	expect(record).toMatchObject(ended(2));
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
	expect(record).toMatchObject(ended(1));
	expect(asked.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /v2/sessions/s2 {}']);
});

const failure = (error: string, details = {}) => ({
	error: expect.stringContaining(error) as string,
	details: { outcome: 'deactivated', ...details },
});
const two = [details, listed('s1', 's2')];

const again = { outcome: 'alreadyDeactivated', sessionsEnded: 1 };
itComesTo('finishes an earlier run', [already, listed('s1'), details, listed()], again);

const ids = Array.from({ length: 101 }, (_, index) => `s${index}`);
const all = ids.map((id) => session(id));
const pages = [sessions(all.slice(0, 100), 101), sessions(all.slice(100), 101)];
const many = [details, ...pages, ...ids.map(() => details), listed()];
itComesTo('reads all pages of sessions before it ends any', many, ended(101));

const endless = ids.slice(0, 10).flatMap((id) => [listed(id), details]);
const tooMany = failure('The user keeps starting new sessions');
itComesTo('gives up if the user keeps starting sessions', [details, ...endless], tooMany);

const late = [details, listed('s1'), details, listed('s1')];
itComesTo('ignores ended sessions that are listed a moment longer', late, ended(1));

const what = 'not all sessions were ended: 1 of 2 sessions could not be ended';
const partly = (reason: string) => failure(`The outcome is 'deactivated', but ${what}`, { reason });
const [down, odd] = [{ status: 503 }, { status: 200, body: {} }];
itComesTo("says how many can't be ended", [...two, down, details], partly('unavailable'));
itComesTo('does not believe an odd answer', [...two, odd, details], partly('unexpectedResponse'));

itComesTo("fails for a session whose ID can't be used", [details, listed('..')], failure(''));
