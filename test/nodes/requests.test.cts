import { sleep } from 'n8n-workflow';

import { inFakeTime } from './fakeTime.cts';
import { OTHER_EMAIL, subjectOf } from './goodAnswers.cts';
import { REQUESTS, type RequestsRow } from './requests.cts';
import { EMAIL } from './sample.cts';
import { scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { byEmail, byId } from './services.cts';

/** One user, or two one after the other; each answer takes 100 ms. */
async function run(row: RequestsRow, items: 1 | 2) {
	const { service, parameters, users, answers } = subjectOf(row.service);
	const answer = answers(row.operation);
	const emails = [EMAIL, OTHER_EMAIL];
	const chosen = users && {
		userId: row.by === 'ID' ? [users.userId, users.otherId].map(byId) : emails.map(byEmail),
	};
	return await inFakeTime(async () => {
		const since = Date.now();
		const { requests, output } = await scriptedRun(service, {
			parameters: {
				...parameters,
				...(chosen ?? { email: emails, role: 'member' }),
				operation: row.operation,
				...{ returnAll: true, states: [] },
				options: { endSessions: true, parallelRequests: items === 1 ? 0 : 1 },
			},
			items,
			answers: async (request): Promise<ScriptedAnswer> => {
				await sleep(100);
				return answer(request);
			},
		});
		expect(output.filter(({ json }) => 'error' in json)).toEqual([]);
		const asked = requests.map(({ method, url, body }) => {
			const { pathname, search } = new URL(url);
			const path = users ? pathname.replace(users.userId, '1') : pathname;
			// What a search looks like is tested where the service is.
			const isSearch = /"(skip|query)"/.test(String(body));
			return [method, path + search, ...(body === undefined || isSearch ? [] : [body])].join(' ');
		});
		return { asked, steps: (Date.now() - since) / 100 };
	});
}

it.each(REQUESTS)('$service: $operation by $by takes $steps steps', async (row) => {
	const { asked, steps } = await run(row, 1);
	expect(asked).toEqual(row.requests);
	expect(steps).toBe(row.steps);
	expect((await run(row, 2)).asked).toHaveLength(row.requests.length + row.further);
});
