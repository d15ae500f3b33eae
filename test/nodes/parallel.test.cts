import type { IHttpRequestOptions } from 'n8n-workflow';

import { inFakeTime } from './fakeTime.cts';
import { scriptedRun, type Script, type ScriptedAnswer } from './scriptedRun.cts';
import { aworkMe, aworkUser, byEmail, byId, lookUpRefused, sampleOf } from './services.cts';

const { service: langdock, success } = sampleOf('langdock');
const people = (count: number) =>
	Array.from({ length: count }, (_, number) => `person.${number}@example.org`);

/** Deactivates so many people, one at a time; each answer is for a person who was asked for before or not. */
async function run(
	items: number,
	answerTo: (person: string, isFirst: boolean) => ScriptedAnswer,
	options: object,
) {
	const asked: string[] = [];
	const answers: Script = ({ url, body }) => {
		if (url.includes('/billing/')) return lookUpRefused;
		const [person = ''] = /person\.\d+/.exec(String(body)) ?? [];
		const isFirst = !asked.includes(person);
		asked.push(person);
		return answerTo(person, isFirst);
	};
	const end: unknown = await inFakeTime(
		async () =>
			await scriptedRun(langdock, {
				parameters: { email: people(items), options: { parallelRequests: 1, ...options } },
				...{ items, answers },
			}),
	).catch((error: unknown) => error);
	return { asked, end };
}

it('an item that waits for its next attempt gives its place to another, and comes out in its own', async () => {
	const { asked, end } = await run(
		3,
		(person, isFirst) => (person === 'person.0' && isFirst ? { status: 503 } : success),
		{ maxRetries: 1 },
	);
	expect(asked).toEqual(['person.0', 'person.1', 'person.2', 'person.0']);
	expect(end).toMatchObject({ output: people(3).map((email) => ({ json: { email } })) });
});

it('a run that stops at a failure begins nothing more, and says what was done and what was not', async () => {
	const { asked, end } = await run(
		4,
		(person) => (person === 'person.1' ? { status: 403 } : success),
		{},
	);
	expect(end).toMatchObject({
		message: expect.stringMatching(
			/Already done in this run: 'person\.0@example\.org' \(deactivated\)\. Not done: 'person\.2@example\.org', 'person\.3@example\.org'\.$/,
		) as string,
	});
	expect(asked).toEqual(['person.0', 'person.1']);
});

describe('an account that is given twice', () => {
	/** After everything that only waits for promises. */
	const settled = async () => await new Promise((resolve) => setImmediate(resolve));

	it('is not worked on twice at the same time', async () => {
		let underWay = 0;
		const answer = async () => {
			expect(++underWay).toBe(1);
			await settled();
			underWay--;
			return success;
		};
		const email = ['kim@example.org', 'Kim@Example.org'];
		const { output } = await scriptedRun(langdock, {
			parameters: { email, options: { parallelRequests: 2 } },
			items: 2,
			answers: answer,
		});
		expect(output).toHaveLength(2);
	});

	it('is the same account by email and by ID', async () => {
		let changes = 0;
		const answer = async ({ method, url }: IHttpRequestOptions) => {
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
		const { output } = await scriptedRun(sampleOf('awork').service, {
			parameters: {
				userId: [byEmail('kim.lee@example.org'), byId(aworkUser.id)],
				includeSummary: false,
				options: { parallelRequests: 2 },
			},
			items: 2,
			answers: answer,
		});
		expect(changes).toBe(1);
		expect(output.map(({ json }) => json.outcome).sort()).toEqual([
			'alreadyDeactivated',
			'deactivated',
		]);
	});
});
