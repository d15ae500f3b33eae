import type { GenericValue, IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { REDACTED } from '../shared/http/secrets';
import { isSameName } from '../shared/model/email';
import { asFailure, Failure, lookInto } from '../shared/model/failure';
import { path, type PathSegment } from '../shared/model/path';
import type { Change } from '../shared/model/record';
import { aboutAnother } from '../shared/users/locate';
import { DEACTIVATION, type Goal } from '../shared/users/outcome';
import type { RunContext } from '../shared/users/runContext';
import { loadConfig } from './config';
import { isUnsupported } from './errors';
import { userIdSchema, type UpdateMethod } from './parameters';
import { send } from './send';
import { readUser } from './user';

/** One way to set `active`. It gives the answer of the server. @throws Failure */
type Update = (userId: PathSegment, active: boolean, run: RunContext) => Promise<GenericValue>;

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2 */
function patchWith(operation: (active: boolean) => IDataObject): Update {
	return async (userId, active, { client }) => {
		const { response } = await send(client, {
			method: 'PATCH',
			path: path`/Users/${userId}`,
			body: { schemas: [PATCH_SCHEMA], Operations: [operation(active)] },
			// What an answer says about the user proves nothing: the user is read afterwards.
			schema: z.unknown(),
			changes: true,
		});
		return response;
	};
}

const patchPath = patchWith((active) => ({ op: 'replace', path: 'active', value: active }));

/** The form of older clients, which is all that some servers know. */
const patchObject = patchWith((active) => ({ op: 'replace', value: { active } }));

/** What a server keeps by itself, and some refuse to get back. */
const READ_ONLY: ReadonlySet<string> = new Set(['meta', 'groups']);

const wholeUser = z.object({ id: userIdSchema }).passthrough();

/**
 * Replaces the whole user by what was just read, with `active` set: what would not go back is lost.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
const put: Update = async (userId, active, { client, once }) => {
	const [{ data, headers }, { etag }] = await Promise.all([
		send(client, { method: 'GET', path: path`/Users/${userId}`, schema: wholeUser }),
		once(loadConfig),
	]);
	// Otherwise one person would get the data of another.
	if (!isSameName(data.id, userId)) throw aboutAnother(userId, data.id);
	const user = Object.fromEntries(
		Object.entries(data).filter(([attribute]) => !READ_ONLY.has(attribute)),
	);
	if (JSON.stringify(user).includes(REDACTED)) throw HOLDS_SECRET;
	const { response } = await send(client, {
		method: 'PUT',
		path: path`/Users/${userId}`,
		body: { ...(user as IDataObject), active },
		// Some servers send an ETag although they don't support it.
		...(etag === true &&
			typeof headers.etag === 'string' && { headers: { 'If-Match': headers.etag } }),
		schema: z.unknown(),
		changes: true,
	});
	return response;
};

const HOLDS_SECRET = new Failure('refused', {
	summary: 'The user contains the token of the credential, so it was not written back',
	advice: "Set 'Update Method' to 'PATCH', or remove the token from the user in the app.",
});

const UPDATES: Readonly<Record<UpdateMethod, readonly Update[]>> = {
	automatic: [patchPath, patchObject, put],
	patch: [patchPath, patchObject],
	put: [put],
};

/** What a record says of a server that has no deactivated users. */
const REMOVED =
	'This app removes accounts instead of deactivating them. Reactivate may not restore the account.';

/**
 * Sets `active` in the first way that the server carries out, and reads the user back each time: some
 * servers confirm a change that they don't make.
 *
 * @throws Failure
 */
export async function setActive(
	userId: PathSegment,
	goal: Goal,
	run: RunContext,
	method: UpdateMethod,
): Promise<Change> {
	let last: Failure | undefined;
	for (const update of UPDATES[method]) {
		const result = await tryUpdate(userId, goal, run, update);
		if (!(result instanceof Failure)) return result;
		last = result;
	}
	throw last ?? new Failure('unexpectedResponse');
}

/** @returns the failure where another way may succeed */
async function tryUpdate(
	userId: PathSegment,
	goal: Goal,
	run: RunContext,
	update: Update,
): Promise<Change | Failure> {
	let response: GenericValue;
	let lost: Failure | undefined;
	try {
		response = await update(userId, goal !== DEACTIVATION, run);
	} catch (error) {
		const failure = asFailure(error);
		// An earlier attempt may have been carried out, whatever the last one was answered.
		if (failure.effect === 'possible') lost = failure;
		else if (isUnsupported(failure)) return failure;
		else throw failure;
	}
	const reading = readUser(userId, run.client);
	const after = await (lost ? lookInto(lost, reading) : reading).catch((error: unknown) => {
		const failure = asFailure(error);
		if (lost) throw failure;
		if (failure.reason === 'notFound' && goal === DEACTIVATION) return undefined;
		throw notReadBack(failure);
	});
	if (!after) return { outcome: goal.done, warning: REMOVED, response };
	const { state } = after.facts;
	if (state === goal.state) {
		return { outcome: goal.done, stateAfter: state, verified: true, response };
	}
	if (lost && isUnsupported(lost)) return lost;
	if (lost) throw lost;
	return new Failure('unexpectedResponse', {
		summary: `The app confirmed the change, but the user is still '${state}'`,
		advice: 'Change the user in the app by hand, and report this to its vendor.',
	});
}

/** Without a read state nothing is claimed. */
function notReadBack(failure: Failure): Failure {
	return failure.with({
		summary: "The app confirmed the change, but the user couldn't be read back",
		advice: 'Run the workflow again: repeating is safe.',
		effect: 'possible',
	});
}
