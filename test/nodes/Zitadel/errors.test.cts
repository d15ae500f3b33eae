import { itFailsAsTheTableSays, refusals } from '../failures.cts';
import { runnerOf, sampleOf } from '../services.cts';

const sample = sampleOf('zitadel');

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

const INVALID_ID = ['invalidInput', "rejected 'User'"] as const;
const NEVER_ACTIVATED = ['refused', 'can only be deleted'] as const;
const NO_ROLE = ['forbidden', "no role in the user's organization"] as const;
const QUOTA = ['rateLimited', 'quota of the instance'] as const;
const BLOCKED = ['refused', 'instance is blocked'] as const;
const NO_INSTANCE = ['unexpectedResponse', 'ZITADEL has no instance at the address'] as const;

describe.each(Object.entries(forms))('told as %s, ZITADEL fails with', (_, form) => {
	const rows = refusals(
		[
			[400, 'COMMAND-78iiirat8y', INVALID_ID, ''],
			[404, 'COMMAND-5gp2p62iin', 'notFound', 'Check the ID'],
			[400, 'COMMAND-gvx4kct9r2', NEVER_ACTIVATED, 'Delete the user'],
			[400, 'COMMAND-5gunjw0cd7', 'already', 'Nothing was changed'],
			[403, 'AUTH-AWfge', 'forbidden', 'ORG_USER_MANAGER'],
			[403, 'AUTH-Swrgg2', 'forbidden', 'ORG_USER_MANAGER'],
			[404, 'AUTHZ-cdgFk', NO_ROLE, 'ORG_USER_MANAGER'],
			[403, 'AUTH-Bs7Ds', 'forbidden', 'ORG_USER_MANAGER'],
			[401, 'AUTH-7fs1e', 'rejected', 'may have expired'],
			[401, 'AUTH-toLo1', 'rejected', 'personal access token'],
			[429, 'QUOTA-vjAy8', QUOTA, 'Raise the quota'],
			[429, 'LIMITS-molsj', BLOCKED, 'Unblock'],
			[500, 'COMMAND-xyz', 'down', 'repeating is safe'],
			[409, 'COMMAND-xyz', 'refused', 'ZITADEL says: "Text'],
		],
		(status, id) => ({ status, body: form(GRPC_CODES[status] ?? 2, id) }),
	);
	itFailsAsTheTableSays(sample, rows);
});

describe('without an ID, ZITADEL fails with', () => {
	const notHere = { status: 404, body: { code: 5, message: 'Instance not found' } };
	const noHeader = { status: 401, body: { code: 16, message: 'auth header missing' } };
	const notKnown = "It isn't known whether the user was changed.";

	itFailsAsTheTableSays(sample, [
		['404: a wrong address', notHere, NO_INSTANCE, "Check 'Instance URL' in the credential"],
		['401: no key', noHeader, 'rejected', 'ZITADEL says: "auth header missing"'],
		['200 without details', { status: 200, body: {} }, 'unreadable', notKnown],
		['200 with an empty body', { status: 200 }, 'unreadable', notKnown],
	]);
});

it('finds the ID of a refusal among details of other kinds', async () => {
	const code = 'COMMAND-5gp2p62iin';
	const body = { code: 5, message: 'x', details: ['x', {}, { id: code }] };
	const seesAll = sample.users?.permissions ? [sample.users.permissions.all] : [];
	const { record } = await runnerOf('zitadel')([...sample.once, { status: 404, body }, ...seesAll]);
	expect(record.details).toMatchObject({ reason: 'notFound', code });
});
