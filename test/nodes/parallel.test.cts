import type { IHttpRequestOptions } from 'n8n-workflow';

import { inFakeTime } from './fakeTime.cts';
import { scriptedRun } from './scriptedRun.cts';
import { aworkMe, aworkUser, byEmail, byId, lookUpRefused, sampleOf } from './services.cts';

const { service: langdock, success } = sampleOf('langdock');
const people = ['ada', 'bob', 'cem', 'dot'].map((name) => `${name}@example.org`);

it('an item that waits for its next attempt gives its place to another, and comes out in its own', async () => {
	const parameters = { email: people, options: { maxRetries: 1 } };
	const answers = [lookUpRefused, { status: 503 }, success, success, success];
	const { output, requests } = await inFakeTime(
		async () => await scriptedRun(langdock, { parameters, answers, items: 3 }),
	);
	const asked = requests.slice(1).map(({ body }) => JSON.parse(String(body)) as unknown);
	const [ada, bob, cem] = people.map((email) => ({ email }));
	expect(asked).toEqual([ada, bob, cem, ada]);
	expect(output).toMatchObject([{ json: ada }, { json: bob }, { json: cem }]);
});

it('a run that stops at a failure begins nothing more, and says what was done and what was not', async () => {
	const answers = [lookUpRefused, success, { status: 403 }];
	const run = scriptedRun(langdock, { parameters: { email: people }, answers, items: 4 });
	const told =
		/Already done in this run: 'ada@example\.org' \(deactivated\)\. Not done: 'cem@example\.org', 'dot@example\.org'\.$/;
	await expect(run).rejects.toThrow(told);
});

describe('an account that is given twice', () => {
	/** After everything that only waits for promises. */
	const settled = async () => await new Promise((resolve) => setImmediate(resolve));

	it('is not worked on twice at the same time', async () => {
		let underWay = 0;
		const answers = async () => {
			expect(++underWay).toBe(1);
			await settled();
			underWay--;
			return success;
		};
		const email = ['kim@example.org', 'Kim@Example.org'];
		const parameters = { email, options: { parallelRequests: 2 } };
		const { output } = await scriptedRun(langdock, { parameters, answers, items: 2 });
		expect(output).toHaveLength(2);
	});

	it('is the same account by email and by ID', async () => {
		let changes = 0;
		const answers = async ({ method, url }: IHttpRequestOptions) => {
			const user = { ...aworkUser, isDeactivated: changes > 0 };
			await settled();
			if (method === 'POST') {
				changes++;
				return { status: 204 };
			}
			if (url.endsWith('/users/me')) return aworkMe;
			const other = { ...aworkUser, id: aworkUser.id.replace(/1$/, '9'), userContactInfos: [] };
			return { status: 200, body: url.includes('?page=') ? [user, other] : user };
		};
		const userId = [byEmail('kim.lee@example.org'), byId(aworkUser.id)];
		const parameters = { userId, includeSummary: false, options: { parallelRequests: 2 } };
		const { service } = sampleOf('awork');
		const { output } = await scriptedRun(service, { parameters, answers, items: 2 });
		expect(changes).toBe(1);
		const outcomes = output.map(({ json }) => json.outcome);
		expect(outcomes.sort()).toEqual(['alreadyDeactivated', 'deactivated']);
	});
});
