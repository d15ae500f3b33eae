import { z } from 'zod';

import { Failure } from '../shared/model/failure';
import { path, type PathSegment } from '../shared/model/path';
import type { Change } from '../shared/model/record';
import type { Call } from '../shared/http/client';
import type { Service } from '../shared/users/service';
import type { Session } from '../shared/users/runContext';
import { userOperations } from '../shared/users/userOperations';
import { directory } from './directory';
import { aworkErrors } from './errors';
import { includeSummary, userId } from './parameters';

const count = z.number().int().optional();

/** 200 brings the counts, both optional; 204 brings nothing. Either comes, whatever was asked. */
const summary = z
	.object({ privateProjectManagersReassignedCount: count, privateProjectsDeletedCount: count })
	.optional();

const nothing = z.undefined();

/**
 * Changes a user that was just read with the same credential. awork answers 401 for a bad key and
 * for a missing permission; here it can only be the permission.
 *
 * After an attempt without an answer the user is read again, and only changed again if that attempt
 * was not carried out: a second one might delete projects or send an e-mail once more.
 */
async function change(
	session: Session,
	userId: PathSegment,
	wanted: 'active' | 'deactivated',
	call: Pick<Call<unknown>, 'path' | 'query' | 'schema'>,
): Promise<Change> {
	const recover = async () => {
		const { facts } = await directory.read(userId, {}, session);
		return facts.state === wanted ? LOST : undefined;
	};
	const { data, response } = await session.api
		.send({ ...call, method: 'POST', changes: true, recover })
		.catch((error: unknown) => {
			const isPermission = error instanceof Failure && error.reason === 'unauthorized';
			throw isPermission ? new Failure('forbidden', { ...error.facts, advice: undefined }) : error;
		});
	const outcome = wanted === 'active' ? 'reactivated' : 'deactivated';
	return data === LOST.data
		? { outcome, stateAfter: wanted, verified: true, warning: ANSWER_LOST }
		: { outcome, stateAfter: wanted, response };
}

/** Stands for an answer that got lost, when the user is in the wanted state all the same. */
const LOST = { data: Symbol('lost'), response: undefined };

const ANSWER_LOST =
	'The answer of awork got lost, and with it any summary; that it was carried out was read afterwards.';

/**
 * Users are read before they are changed: what awork answers for one that is already in the wanted
 * state is not documented, deactivating may delete projects, and activating sends an e-mail.
 *
 * @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id
 * @see https://developers.awork.com/apiv1/users/post-user-activate-by-user-id
 */
export const awork: Service = {
	name: 'awork',
	displayName: 'awork',
	credentials: [
		{ authentication: 'apiKey', name: 'API Key', type: 'aworkAdminApi' },
		{ authentication: 'oAuth2', name: 'OAuth2', type: 'aworkAdminOAuth2Api' },
	],
	errors: aworkErrors,
	advice: {
		unauthorized: 'Check the credential: it may have been removed in awork.',
		forbidden:
			'Give the credential a role in awork that is admin or may manage users (user-manage-config).',
	},
	operations: userOperations({
		directory,
		parameters: { userId },
		deactivate: {
			description:
				'Take the ability to sign in away from a user. Private projects of the user get another manager or are deleted, perhaps for good',
			notice:
				'awork gives the private projects of the user another manager or deletes them, perhaps for good. The output shows how many, with Include Summary.',
			parameters: { userId, includeSummary },
			steps: (values, session) => ({
				readFirst: true,
				act: async (id) =>
					await change(session, id, 'deactivated', {
						path: path`/users/${id}/deactivate`,
						query: { includeSummary: String(values.includeSummary) },
						schema: summary,
					}),
			}),
		},
		get: { description: 'Look up the present state of a user' },
		reactivate: {
			description:
				'Undo a deactivation. awork tells the person by email; deleted projects are not known to come back',
			notice: 'awork tells the person by email.',
			steps: (_, session) => ({
				readFirst: true,
				act: async (id) =>
					await change(session, id, 'active', {
						path: path`/users/${id}/activate`,
						schema: nothing,
					}),
			}),
		},
	}),
	/** Proves the key, not its right to deactivate: awork has no harmless request that does. */
	async checkCredential(api) {
		await api.send({ method: 'GET', path: path`/users/me`, schema: z.object({ id: z.string() }) });
	},
};
