import { langdock } from '../../../nodes/Langdock/langdock';
import type { Service } from '../../../nodes/shared/users/service';
import { EMAIL, type Sample } from '../sample.cts';

export const userManagementSample = (service: Service): Sample => ({
	service,
	parameters: { email: EMAIL },
	once: [],
	before: [],
	success: { status: 200, body: { status: 'success', message: 'User deactivated' } },
	already: { status: 404, body: { message: 'User not found or not an active member' } },
	paths: /^\/user-management\/v1\/(deactivate-user|invite)$/,
});

export const sample = userManagementSample(langdock);
