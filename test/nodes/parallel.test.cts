import type { IHttpRequestOptions } from 'n8n-workflow';

import { inFakeTime } from './fakeTime.cts';
import { scriptedRun, type ScriptedAnswer, type ScriptedRun } from './scriptedRun.cts';
import {
	aworkMe,
	aworkUser,
	byEmail,
	byId,
	lookUpRefused,
	sampleOf,
	zitadelMe,
} from './services.cts';

const { service: langdock, success } = sampleOf('langdock');
const people = (count: number) =>
	Array.from({ length: count }, (_, number) => `person.${number}@example.org`);

/** Answers that the test gives when it likes, by a word in the request. */
function gates() {
	const asked: string[] = [];
	const open = new Map<string, (answer: ScriptedAnswer) => void>();
	const answer = async (request: IHttpRequestOptions) => {
		if (request.url.includes('/billing/')) return lookUpRefused;
		const key = /person\.\d+/.exec(`${request.url} ${String(request.body)}`)?.[0] ?? '';
		asked.push(key);
		return await new Promise<ScriptedAnswer>((resolve) => open.set(key, resolve));
	};
	return {
		asked,
		answer,
		give: async (number: number, given: ScriptedAnswer = success) => {
			open.get(`person.${number}`)?.(given);
			await settled();
		},
	};
}

/** After everything that only waits for promises. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

const runAt = (options: Record<string, unknown>, rest: Partial<ScriptedRun> = {}) => {
	const email = people(rest.items ?? 4);
	return scriptedRun(langdock, {
		parameters: { email, options: { parallelRequests: 2, ...options } },
		items: email.length,
		answers: [],
		...rest,
	});
};

describe('an item that waits for its next attempt', () => {
	it('gives its place to another, and comes out in its own', async () => {
		const asked: string[] = [];
		const answer = (request: IHttpRequestOptions): ScriptedAnswer => {
			if (request.url.includes('/billing/')) return lookUpRefused;
			const [person = ''] = /person\.\d+/.exec(String(request.body)) ?? [];
			const isFirst = !asked.includes(person);
			asked.push(person);
			return person === 'person.0' && isFirst ? { status: 503 } : success;
		};
		const { output } = await inFakeTime(
			async () =>
				await runAt({ parallelRequests: 1, maxRetries: 1 }, { answers: answer, items: 3 }),
		);
		expect(asked).toEqual(['person.0', 'person.1', 'person.2', 'person.0']);
		expect(output.map(({ json }) => json.email)).toEqual(people(3));
	});
});

describe('a run that stops at a failure', () => {
	it('begins nothing more, finishes what is under way, and says what was done and what was not', async () => {
		const { asked, answer, give } = gates();
		const ended = runAt({}, { answers: answer }).catch((error: unknown) => error);
		await settled();
		await give(0, { status: 403 });
		await give(1);
		expect(await ended).toMatchObject({
			message: expect.stringMatching(
				/Already done in this run: 'person\.1@example\.org' \(deactivated\)\. Not done: 'person\.2@example\.org', 'person\.3@example\.org'\.$/,
			) as string,
		});
		expect(asked).toEqual(['person.0', 'person.1']);
	});
});

describe('a run that goes on', () => {
	it('puts out every item once, on its place', async () => {
		const { answer, give } = gates();
		const running = runAt({}, { answers: answer, continueOnFail: true });
		await settled();
		for (const number of [1, 0, 3, 2]) {
			await give(number, number === 2 ? { status: 403 } : success);
		}
		const { output, hints } = await running;
		expect(output.map(({ json }) => 'error' in json)).toEqual([false, false, true, false]);
		expect(hints[0]).toBe('3 users deactivated, 1 failed.');
	});
});

describe('an account that is given twice', () => {
	it('is not worked on twice at the same time', async () => {
		let underWay = 0;
		const answer = async () => {
			expect(++underWay).toBe(1);
			await settled();
			underWay--;
			return success;
		};
		const { output } = await scriptedRun(langdock, {
			parameters: {
				email: ['kim@example.org', 'Kim@Example.org'],
				options: { parallelRequests: 2 },
			},
			items: 2,
			answers: answer,
		});
		expect(output).toHaveLength(2);
	});

	it('is the same account by email and by ID', async () => {
		let changes = 0;
		let isDeactivated = false;
		const answer = async ({ method, url }: IHttpRequestOptions): Promise<ScriptedAnswer> => {
			const user = { ...aworkUser, isDeactivated };
			await settled();
			if (method === 'POST') {
				changes++;
				isDeactivated = true;
				return { status: 204 };
			}
			if (url.endsWith('/users/me')) return aworkMe;
			const isList = url.includes('?page=');
			return {
				status: 200,
				body: isList ? [user, { ...aworkUser, id: OTHER, userContactInfos: [] }] : user,
			};
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

const OTHER = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b99';

describe('what is the same for all items', () => {
	it('is read from the editor once', async () => {
		const { service, parameters } = sampleOf('zitadel');
		const read = jest.fn();
		await scriptedRun(service, {
			parameters: { ...parameters, userId: ['1a', '2a', '3a'].map(byId) },
			items: 3,
			answers: [zitadelMe, ...Array.from({ length: 3 }, () => sampleOf('zitadel').success)],
			read,
		});
		const times = (name: string) => read.mock.calls.filter(([read]) => read === name).length;
		expect(times('userId')).toBe(3);
		expect(times('options')).toBe(1);
	});
});
