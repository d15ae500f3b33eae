import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { sampleOf } from '../services.cts';

const sample = sampleOf('aitronos');

const refusal = (status: number, code: string) => ({
	status,
	body: {
		success: false,
		error: { code, message: `Text of ${code}`, system_message: 'x', status, trace_id: 't1' },
	},
});

describe('fails as the table says:', () => {
	const table: RefusalRow[] = [
		[401, 'INVALID_API_KEY', 'unauthorized', 'rejected the credential', 'Check the key or token'],
		[
			401,
			'API_KEY_EXPIRED',
			'unauthorized',
			'rejected the credential',
			'expired, paused or deactivated',
		],
		[401, 'API_KEY_DEACTIVATED', 'unauthorized', 'rejected the credential', 'Renew it in Aitronos'],
		[
			401,
			'API_KEY_PAUSED',
			'unauthorized',
			'rejected the credential',
			'expired, paused or deactivated',
		],
		[401, 'TOKEN_EXPIRED', 'unauthorized', 'rejected the credential', 'Enter a new one'],
		[401, 'TOKEN_INVALID', 'unauthorized', 'rejected the credential', 'Enter a new one'],
		[
			401,
			'AUTHENTICATION_REQUIRED',
			'unauthorized',
			'rejected the credential',
			'Check the key or token',
		],
		[403, 'INSUFFICIENT_PERMISSIONS', 'forbidden', "doesn't have permission", 'deactivate_users'],
		[403, 'ORGANIZATION_ACCESS_DENIED', 'forbidden', "doesn't have permission", 'deactivate_users'],
		[403, 'AMBIGUOUS_ORGANIZATION', 'forbidden', "doesn't have permission", 'deactivate_users'],
		[403, 'CANNOT_REMOVE_LAST_OWNER', 'refused', 'is an owner', 'someone else the owner'],
		[403, 'CANNOT_DELETE_OWNER', 'refused', 'is an owner', 'someone else the owner'],
		[404, 'USER_NOT_FOUND', 'notFound', "No user found with the ID 'usr_001'", 'Check the ID'],
		// Of the caller, or a fault: neither says anything about the user.
		[401, 'USER_NOT_FOUND', 'unauthorized', 'rejected the credential', 'Check the key or token'],
		[500, 'USER_NOT_FOUND', 'unavailable', 'is not available', 'repeating is safe'],
		[500, 'USER_ALREADY_DEACTIVATED', 'unavailable', 'is not available', 'repeating is safe'],
		[404, 'DEPARTMENT_NOT_FOUND', 'invalidInput', "'Transfer Resources To", "Check 'Organization'"],
		[
			404,
			'ORGANIZATION_NOT_FOUND',
			'invalidInput',
			"can't access this organization",
			"Check 'Organization'",
		],
		[422, 'USER_ALREADY_DEACTIVATED', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
		[422, 'VALIDATION_ERROR', 'invalidInput', 'rejected a value', 'Check organization, user'],
		[422, 'SOMETHING_ELSE', 'refused', 'refused to deactivate', 'Nothing was changed'],
		[429, 'RATE_LIMITED', 'rateLimited', 'too many requests', 'repeating is safe'],
		[500, 'INTERNAL', 'unavailable', 'is not available', 'repeating is safe'],
	];
	itFailsAsTheTableSays(sample, refusals(table, refusal, { traceId: 't1' }));

	itFailsAsTheTableSays(sample, {
		"404 in the framework's words: a wrong address": {
			answer: { status: 404, body: { detail: 'Not Found' } },
			reason: 'unexpectedResponse',
			message: 'The address in the credential has no such API',
			description: "Check 'Base URL' in the credential.",
		},
		'a bare 422': {
			answer: { status: 422, body: { detail: [{ msg: 'x' }] } },
			reason: 'unexpectedResponse',
			message: 'Aitronos gave an unexpected response',
			description: 'Try again later: repeating is safe.',
		},
		'200 with an empty body': {
			answer: { status: 200 },
			reason: 'unexpectedResponse',
			message: 'Aitronos gave an unexpected response',
			description: 'Try again later: repeating is safe.',
		},
	});
});
