import { sleep, type IHttpRequestOptions } from 'n8n-workflow';

import { scim } from '../../nodes/Scim/scim';
import { inFakeTime } from './fakeTime.cts';
import { REQUESTS, type RequestsRow } from './requests.cts';
import { EMAIL } from './sample.cts';
import { createApp } from './Scim/app.cts';
import { scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { byEmail, byId, lookUpRefused, sampleOf } from './services.cts';

const OTHER_EMAIL = 'ada.ray@example.org';
const invited = (address: string) => ({
	status: 200,
	body: { status: 'success', successfulInvites: [address], invalidEmails: [] },
});

/** What a service says to a request if all is well. */
function answererOf(row: RequestsRow): (request: IHttpRequestOptions) => ScriptedAnswer {
	if (row.service !== 'scim') return (request) => answerOf(row, request);
	const active = row.operation !== 'reactivate';
	const people = [EMAIL, OTHER_EMAIL].map((userName, index) => ({
		id: SCIM_IDS[index] ?? '',
		userName,
		active,
	}));
	return createApp(people).answer;
}

const SCIM_IDS = ['u1', 'u2'];

function subjectOf(name: string) {
	if (name !== 'scim') return sampleOf(name);
	const [userId = '', otherId = ''] = SCIM_IDS;
	return { service: scim, parameters: {}, users: { userId, otherId } };
}

function answerOf({ service, operation }: RequestsRow, { url, body }: IHttpRequestOptions) {
	const { users, success } = sampleOf(service);
	const text = `${url} ${String(body)}`;
	if (!users) {
		if (text.includes('/billing/')) return lookUpRefused;
		return operation === 'deactivate'
			? success
			: invited(text.includes(OTHER_EMAIL) ? OTHER_EMAIL : EMAIL);
	}
	const { userId, otherId } = users;
	const isOther = url.includes(otherId);
	if (url.endsWith('/me')) return users.own('someone');
	if (url.includes('/sessions/')) return { status: 200, body: { details: {} } };
	if (url.includes('/permissions') && users.permissions) return users.permissions.all;
	if (/\/users($|\?)/.test(url)) return users.found([userId, EMAIL], [otherId, OTHER_EMAIL]);
	const id = isOther ? otherId : userId;
	if (/\/deactivate($|\?)/.test(url)) return users.deactivated(id);
	if (/activate$/.test(url)) {
		const { body: sample } = users.reactivated as { body?: object };
		return { ...users.reactivated, ...(sample && { body: { ...sample, id } }) };
	}
	const state = operation === 'reactivate' ? 'deactivated' : 'active';
	return users.user(state, isOther ? OTHER_EMAIL : EMAIL, id);
}

/** One user, or two one after the other; each answer takes 100 ms. */
async function run(row: RequestsRow, items: 1 | 2) {
	const { service, parameters, users } = subjectOf(row.service);
	const answer = answererOf(row);
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
