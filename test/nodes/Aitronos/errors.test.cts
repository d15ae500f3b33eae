import {
	ALREADY,
	DOWN,
	FORBIDDEN,
	INVALID,
	itFailsAsTheTableSays,
	NOT_FOUND,
	refusals,
	REFUSED,
	REJECTED,
	UNREADABLE,
	WRONG_ADDRESS,
} from '../failures.cts';
import { sampleOf } from '../services.cts';
import { refusal } from './sample.cts';

const OWNER = ['refused', 'is an owner'] as const;
const DEPARTMENT = ['invalidInput', "'Transfer Resources to"] as const;
const ORGANIZATION = ['invalidInput', "can't access this organization"] as const;

const byCode = refusals(
	[
		[401, 'INVALID_API_KEY', REJECTED, 'Check the key or token'],
		[401, 'API_KEY_EXPIRED', REJECTED, 'expired, paused or deactivated'],
		[401, 'API_KEY_DEACTIVATED', REJECTED, 'Renew it in Aitronos'],
		[401, 'API_KEY_PAUSED', REJECTED, 'expired, paused or deactivated'],
		[401, 'TOKEN_EXPIRED', REJECTED, 'Enter a new one'],
		[401, 'TOKEN_INVALID', REJECTED, 'Enter a new one'],
		[401, 'AUTHENTICATION_REQUIRED', REJECTED, 'Check the key or token'],
		[403, 'INSUFFICIENT_PERMISSIONS', FORBIDDEN, 'deactivate_users'],
		[403, 'ORGANIZATION_ACCESS_DENIED', FORBIDDEN, 'deactivate_users'],
		[403, 'AMBIGUOUS_ORGANIZATION', FORBIDDEN, 'deactivate_users'],
		[403, 'CANNOT_REMOVE_LAST_OWNER', OWNER, 'someone else the owner'],
		[403, 'CANNOT_DELETE_OWNER', OWNER, 'someone else the owner'],
		[404, 'USER_NOT_FOUND', NOT_FOUND, 'Check the ID'],
		// Of the caller, or a fault: neither says anything about the user.
		[401, 'USER_NOT_FOUND', REJECTED, 'Check the key or token'],
		[500, 'USER_NOT_FOUND', DOWN, 'repeating is safe'],
		[500, 'USER_ALREADY_DEACTIVATED', DOWN, 'repeating is safe'],
		[404, 'DEPARTMENT_NOT_FOUND', DEPARTMENT, "Check 'Organization'"],
		[404, 'ORGANIZATION_NOT_FOUND', ORGANIZATION, "Check 'Organization'"],
		[422, 'USER_ALREADY_DEACTIVATED', ALREADY, 'Nothing was changed'],
		[422, 'VALIDATION_ERROR', INVALID, 'Check organization, user'],
		[422, 'SOMETHING_ELSE', REFUSED, 'Nothing was changed'],
		[429, 'RATE_LIMITED', ['rateLimited', 'too many requests'], 'repeating is safe'],
		[500, 'INTERNAL', DOWN, 'repeating is safe'],
	],
	refusal,
	{ traceId: 't1' },
);

describe('Aitronos fails with', () => {
	itFailsAsTheTableSays(sampleOf('aitronos'), [
		...byCode,
		[
			"404 in the framework's words: a wrong address",
			{ status: 404, body: { detail: 'Not Found' } },
			WRONG_ADDRESS,
			"Check 'Base URL' in the credential.",
		],
		[
			'a bare 422',
			{ status: 422, body: { detail: [{ msg: 'x' }] } },
			UNREADABLE,
			'Try again later',
		],
		['200 with an empty body', { status: 200 }, UNREADABLE, 'Try again later'],
	]);
});
