import type { IHttpRequestOptions } from 'n8n-workflow';

import { scim } from '../../../nodes/Scim/scim';
import { first, scriptedRun, type ScriptedAnswer, type ScriptedRun } from '../scriptedRun.cts';

/** A user of the stand-in app, as SCIM shows it. */
export type User = { id: string; active?: unknown } & Record<string, unknown>;

export const KIM: User = {
	id: 'kim/1',
	userName: 'kim.lee@example.org',
	externalId: 'HR-7',
	displayName: 'Kim Lee',
	emails: [{ value: 'kim@home.example' }, { value: 'Kim.Lee@example.org', primary: true }],
	active: true,
	nickName: 'K',
	meta: { version: 'W/"1"' },
};
export const ADA: User = { id: '2', userName: 'ada', active: true };

/** What the app answers to a request in place of its usual answer. */
export type Habit = (
	request: { method: string; path: string; query: URLSearchParams; body: unknown },
	users: Map<string, User>,
) => ScriptedAnswer | undefined;

export const scimError = (status: number, scimType?: string, detail = 'Text'): ScriptedAnswer => ({
	status,
	body: {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status: String(status),
		...(scimType !== undefined && { scimType }),
		detail,
	},
});

export const list = (users: readonly unknown[], total = users.length): ScriptedAnswer => ({
	status: 200,
	body: { totalResults: total, startIndex: 1, itemsPerPage: users.length, Resources: users },
});

function matches(user: User, filter: string): boolean {
	const parts = filter.split(' or ');
	if (parts.length > 1) return parts.some((part) => matches(user, part));
	const [, attribute = '', json = ''] = /^(\S+) eq (".*")$/.exec(filter) ?? [];
	const wanted = (JSON.parse(json) as string).toLowerCase();
	const emails = (user.emails ?? []) as Array<{ value: string }>;
	const values =
		attribute === 'emails.value' ? emails.map(({ value }) => value) : [user[attribute]];
	return values.some((value) => String(value).toLowerCase() === wanted);
}

/**
 * An app that does what the RFC says, except for its habits. It keeps its users, because the node reads
 * them back after each change.
 */
export function createApp(people: readonly User[], habits: readonly Habit[] = []) {
	const users = new Map(people.map((user) => [user.id, user]));
	const asked: string[] = [];

	const answer = ({ method = 'GET', url, body }: IHttpRequestOptions): ScriptedAnswer => {
		const { pathname: path, searchParams: query } = new URL(url);
		const text = String(body);
		// A request for a token has a form.
		const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
		const shown = [method, path, query.get('filter'), body].filter((part) => part);
		asked.push(shown.join(' '));
		for (const habit of habits) {
			const own = habit({ method, path, query, body: json }, users);
			if (own) return own;
		}
		const id = decodeURIComponent(path.split('/')[2] ?? '');
		const user = users.get(id);
		if (path === '/Users') {
			const filter = query.get('filter');
			const all = [...users.values()].filter((one) => filter === null || matches(one, filter));
			const start = Number(query.get('startIndex')) - 1;
			return list(all.slice(start, start + Number(query.get('count'))), all.length);
		}
		if (!path.startsWith('/Users/') || !user) return scimError(404);
		if (method === 'PATCH') {
			const [operation] = (json as { Operations: Array<{ path?: string; value: unknown }> })
				.Operations;
			const change = operation?.path ? { active: operation.value } : operation?.value;
			users.set(id, { ...user, ...(change as object) });
		}
		if (method === 'PUT') users.set(id, json as User);
		return { status: 200, body: users.get(id) };
	};

	return { users, asked, answer };
}

/** Runs the node for one item at an app: its first output, and what it asked for. */
export async function runAt(
	app: ReturnType<typeof createApp>,
	parameters: object = {},
	rest: Partial<ScriptedRun> = {},
) {
	const result = await scriptedRun(scim, {
		continueOnFail: true,
		...rest,
		parameters: { userId: { mode: 'id', value: KIM.id }, ...parameters },
		answers: (request) => app.answer(request),
	});
	return { ...result, record: first(result), asked: app.asked };
}
