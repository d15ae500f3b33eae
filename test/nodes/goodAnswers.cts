import type { IHttpRequestOptions } from 'n8n-workflow';

import { scim } from '../../nodes/Scim/scim';
import type { Service } from '../../nodes/shared/users/service';
import { EMAIL, type UserAnswers } from './sample.cts';
import { createApp } from './Scim/app.cts';
import type { ScriptedAnswer } from './scriptedRun.cts';
import { lookUpRefused, sampleOf, samples } from './services.cts';

/** The address of another user than that of the samples. */
export const OTHER_EMAIL = 'ada.ray@example.org';

/** A node whose requests are all answered well, and the users that it may be about. */
export interface Subject {
	readonly service: Service;
	readonly parameters: object;
	/** Where users have IDs. */
	readonly users?: Pick<UserAnswers, 'userId' | 'otherId'>;
	/** What says to the requests of a run what a service says if all is well. */
	readonly answers: (operation: string) => (request: IHttpRequestOptions) => ScriptedAnswer;
}

const [userId, otherId] = ['u1', 'u2'];

/** All services. */
export const subjects: Readonly<Record<string, Subject>> = {
	...Object.fromEntries(
		Object.entries(samples).map(([name, { service, parameters, users }]) => [
			name,
			{
				...{ service, parameters, ...(users && { users }) },
				answers: (operation: string) => {
					const changed = new Set<boolean>();
					return (request: IHttpRequestOptions) => answerOf(name, operation, request, changed);
				},
			},
		]),
	),
	scim: {
		...{ service: scim, parameters: {}, users: { userId, otherId } },
		answers: (operation) => {
			const active = operation !== 'reactivate';
			return createApp([
				{ id: userId, userName: EMAIL, active },
				{ id: otherId, userName: OTHER_EMAIL, active },
			]).answer;
		},
	},
};

/** One service. */
export function subjectOf(name: string): Subject {
	const subject = subjects[name];
	if (!subject) throw new Error(`nothing answers as ${name}`);
	return subject;
}

const invited = (address: string) => ({
	status: 200,
	body: { status: 'success', successfulInvites: [address], invalidEmails: [] },
});

function answerOf(
	service: string,
	operation: string,
	{ url, body }: IHttpRequestOptions,
	/** Whether it was the other user, of those who were changed. */
	changed: Set<boolean>,
) {
	const { users, success } = sampleOf(service);
	const text = `${url} ${String(body)}`;
	if (!users) {
		if (text.includes('/billing/')) return lookUpRefused;
		return operation === 'deactivate'
			? success
			: invited(text.includes(OTHER_EMAIL) ? OTHER_EMAIL : EMAIL);
	}
	const isOther = url.includes(users.otherId);
	if (url.endsWith('/me')) return users.own('someone');
	if (url.includes('/sessions/')) return { status: 200, body: { details: {} } };
	if (url.includes('/permissions') && users.permissions) return users.permissions.all;
	if (/\/users($|\?)/.test(url)) {
		return users.found([users.userId, EMAIL], [users.otherId, OTHER_EMAIL]);
	}
	const id = isOther ? users.otherId : users.userId;
	if (/activate($|\?)/.test(url)) changed.add(isOther);
	if (/\/deactivate($|\?)/.test(url)) return users.deactivated(id);
	if (/activate$/.test(url)) {
		const { body: sample } = users.reactivated as { body?: object };
		return { ...users.reactivated, ...(sample && { body: { ...sample, id } }) };
	}
	const isActive = changed.has(isOther) === (operation === 'reactivate');
	return users.user(isActive ? 'active' : 'deactivated', isOther ? OTHER_EMAIL : EMAIL, id);
}
