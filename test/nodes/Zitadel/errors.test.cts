import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { first, scriptedRun } from '../scriptedRun.cts';
import { sampleOf } from '../services.cts';

const sample = sampleOf('zitadel');
const { service, parameters, once, users } = sample;

/** The three forms in which ZITADEL words a refusal. */
const forms: Record<string, (code: number, id: string) => object> = {
	'details[]': (code, id) => ({
		code,
		message: `Text (${id})`,
		details: [{ '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: 'Text' }],
	}),
	detail: (_, id) => ({ code: 'not_found', message: 'Text', detail: { id } }),
	'message only': (code, id) => ({ code, message: `Text (${id})` }),
};

const GRPC_CODES: Record<number, number> = { 400: 9, 401: 16, 403: 7, 404: 5, 409: 6, 429: 8 };

describe.each(Object.entries(forms))('told as %s, fails as the table says:', (_, form) => {
	const table: RefusalRow[] = [
		[400, 'COMMAND-78iiirat8y', 'invalidInput', "rejected 'User'", ''],
		[404, 'COMMAND-5gp2p62iin', 'notFound', "No user found with the ID '1638", 'Check the ID'],
		[400, 'COMMAND-gvx4kct9r2', 'refused', 'can only be deleted', 'Delete the user'],
		[400, 'COMMAND-5gunjw0cd7', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
		[403, 'AUTH-AWfge', 'forbidden', "doesn't have permission to deactivate", 'ORG_USER_MANAGER'],
		[403, 'AUTH-Swrgg2', 'forbidden', "doesn't have permission to deactivate", 'ORG_USER_MANAGER'],
		[404, 'AUTHZ-cdgFk', 'forbidden', "no role in the user's organization", 'ORG_USER_MANAGER'],
		[403, 'AUTH-Bs7Ds', 'forbidden', "doesn't have permission to deactivate", 'ORG_USER_MANAGER'],
		[401, 'AUTH-7fs1e', 'unauthorized', 'rejected the credential', 'may have expired'],
		[401, 'AUTH-toLo1', 'unauthorized', 'rejected the credential', 'personal access token'],
		[429, 'QUOTA-vjAy8', 'rateLimited', 'quota of the instance', 'Raise the quota'],
		[429, 'LIMITS-molsj', 'refused', 'instance is blocked', 'Unblock'],
		[500, 'COMMAND-xyz', 'unavailable', 'is not available', 'repeating is safe'],
		[409, 'COMMAND-xyz', 'refused', 'refused to deactivate', 'ZITADEL says: "Text'],
	];
	itFailsAsTheTableSays(
		sample,
		refusals(table, (status, id) => ({ status, body: form(GRPC_CODES[status] ?? 2, id) })),
	);
});

describe('fails as the table says, without an ID:', () => {
	itFailsAsTheTableSays(sample, {
		'404 Instance not found: a wrong address': {
			answer: { status: 404, body: { code: 5, message: 'Instance not found' } },
			reason: 'unexpectedResponse',
			message: 'ZITADEL has no instance at the address in the credential',
			description: "Check 'Instance URL' in the credential",
		},
		'401 auth header missing': {
			answer: { status: 401, body: { code: 16, message: 'auth header missing' } },
			reason: 'unauthorized',
			message: 'ZITADEL rejected the credential',
			description: 'ZITADEL says: "auth header missing"',
		},
		'200 without details': {
			answer: { status: 200, body: {} },
			reason: 'unexpectedResponse',
			message: 'ZITADEL gave an unexpected response',
			description: "It isn't known whether the user was changed.",
		},
		'200 with an empty body': {
			answer: { status: 200 },
			reason: 'unexpectedResponse',
			message: 'ZITADEL gave an unexpected response',
			description: "It isn't known whether the user was changed.",
		},
	});
});

it('finds the ID of a refusal among details of other kinds', async () => {
	const body = { code: 5, message: 'x', details: ['x', {}, { id: 'COMMAND-5gp2p62iin' }] };
	const seesAll = users?.permissions ? [users.permissions.all] : [];
	const result = await scriptedRun(service, {
		parameters,
		answers: [...once, { status: 404, body }, ...seesAll],
		continueOnFail: true,
	});
	expect(first(result).details).toMatchObject({ reason: 'notFound', code: 'COMMAND-5gp2p62iin' });
});
