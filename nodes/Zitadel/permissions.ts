import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { aboutNobody } from '../shared/http/errorTable';
import { asFailure, Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';

const permissionList = z.object({ result: z.array(z.string()).default([]) });

/**
 * The permissions of the credential in its own organization.
 *
 * @see https://zitadel.com/docs/reference/api/auth/zitadel.auth.v1.AuthService.ListMyZitadelPermissions
 */
async function loadOwnPermissions(client: Client): Promise<ReadonlySet<string>> {
	const { data } = await client
		.send({
			method: 'POST',
			path: path`/auth/v1/permissions/zitadel/me/_search`,
			body: {},
			schema: permissionList,
		})
		.catch((error: unknown) => {
			throw aboutNobody(asFailure(error));
		});
	return new Set(data.result);
}

/**
 * Without this permission ZITADEL lists nobody but the caller, with status 200: nobody found then
 * means nothing.
 *
 * @throws Failure `forbidden`
 */
export async function ensureCanReadUsers(client: Client): Promise<void> {
	if ((await loadOwnPermissions(client)).has('user.read')) return;
	throw new Failure('forbidden');
}

/**
 * Proves the permissions that the node needs.
 *
 * @throws Failure `forbidden`
 */
export async function ensureCanManageUsers(client: Client): Promise<void> {
	const permissions = await loadOwnPermissions(client);
	if (permissions.has('user.read') && permissions.has('user.write')) return;
	throw new Failure('forbidden', { summary: "The credential can't manage users" });
}
