import { itFailsAsTheTableSays, refusals } from '../failures.cts';
import { sampleOf } from '../services.cts';
import { refusal } from './sample.cts';

const OWNER = ['refused', 'is an owner'] as const;
const DEPARTMENT = ['invalidInput', "'Transfer Resources To"] as const;
const ORGANIZATION = ['invalidInput', "can't access this organization"] as const;

const byCode = refusals(
	[
		[401, 'INVALID_API_KEY', 'rejected', 'Check the key or token'],
		[401, 'API_KEY_EXPIRED', 'rejected', 'expired, paused or deactivated'],
		[401, 'API_KEY_DEACTIVATED', 'rejected', 'Renew it in Aitronos'],
		[401, 'API_KEY_PAUSED', 'rejected', 'expired, paused or deactivated'],
		[401, 'TOKEN_EXPIRED', 'rejected', 'Enter a new one'],
		[401, 'TOKEN_INVALID', 'rejected', 'Enter a new one'],
		[401, 'AUTHENTICATION_REQUIRED', 'rejected', 'Check the key or token'],
		[403, 'INSUFFICIENT_PERMISSIONS', 'forbidden', 'deactivate_users'],
		[403, 'ORGANIZATION_ACCESS_DENIED', 'forbidden', 'deactivate_users'],
		[403, 'AMBIGUOUS_ORGANIZATION', 'forbidden', 'deactivate_users'],
		[403, 'CANNOT_REMOVE_LAST_OWNER', OWNER, 'someone else the owner'],
		[403, 'CANNOT_DELETE_OWNER', OWNER, 'someone else the owner'],
		[404, 'USER_NOT_FOUND', 'notFound', 'Check the ID'],
		// Of the caller, or a fault: neither says anything about the user.
		[401, 'USER_NOT_FOUND', 'rejected', 'Check the key or token'],
		[500, 'USER_NOT_FOUND', 'down', 'repeating is safe'],
		[500, 'USER_ALREADY_DEACTIVATED', 'down', 'repeating is safe'],
		[404, 'DEPARTMENT_NOT_FOUND', DEPARTMENT, "Check 'Organization'"],
		[404, 'ORGANIZATION_NOT_FOUND', ORGANIZATION, "Check 'Organization'"],
		[422, 'USER_ALREADY_DEACTIVATED', 'already', 'Nothing was changed'],
		[422, 'VALIDATION_ERROR', 'invalid', 'Check organization, user'],
		[422, 'SOMETHING_ELSE', 'refused', 'Nothing was changed'],
		[429, 'RATE_LIMITED', ['rateLimited', 'too many requests'], 'repeating is safe'],
		[500, 'INTERNAL', 'down', 'repeating is safe'],
	],
	refusal,
	{ traceId: 't1' },
);

const noRoute = { status: 404, body: { detail: 'Not Found' } };
const bare = { status: 422, body: { detail: [{ msg: 'x' }] } };

describe('Aitronos fails with', () => {
	itFailsAsTheTableSays(sampleOf('aitronos'), [
		...byCode,
		["404 in the framework's words: a wrong address", noRoute, 'wrongAddress', "Check 'Base URL'"],
		['a bare 422', bare, 'unreadable', 'Try again later'],
		['200 with an empty body', { status: 200 }, 'unreadable', 'Try again later'],
	]);
});
