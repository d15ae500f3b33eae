import { langdock } from '../../../nodes/Langdock/langdock';
import type { Service } from '../../../nodes/shared/users/service';
import { EMAIL, type Sample } from '../sample.cts';

/** The answer to the look-up of a member, for which the key has no scope. */
export const lookUpRefused = { status: 403, body: { message: 'Missing scope' } };

export const notAnActiveMember = {
	status: 404,
	body: { message: 'User not found or not an active member' },
};

export const userManagementSample = (service: Service): Sample => ({
	service,
	parameters: { email: EMAIL },
	once: [lookUpRefused],
	before: [],
	success: { status: 200, body: { status: 'success', message: 'User deactivated' } },
	already: notAnActiveMember,
	paths: /^\/user-management\/v1\/(deactivate-user|invite)$|^\/billing\/v1\/[a-z-]+\/users$/,
});

export const sample = userManagementSample(langdock);
