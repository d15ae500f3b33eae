import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { aboutNobody } from '../shared/http/errorTable';
import { asFailure, Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';

const permission = z
	.object({ feature: z.string(), accessLevels: z.array(z.string()) })
	.catch({ feature: '', accessLevels: [] });

/** `GET /me/permissions` of awork's OpenAPI file (https://github.com/awork-io/developer-docs). */
const ownPermissions = z
	.object({
		userPermission: z.object({
			isAdmin: z.boolean().nullish(),
			permissions: z.array(permission).nullish(),
		}),
	})
	.transform(({ userPermission: { isAdmin, permissions } }) => ({
		has: (feature: string, level: 'read' | 'write') =>
			isAdmin === true ||
			(permissions ?? []).some(
				(entry) => entry.feature === feature && entry.accessLevels.includes(level),
			),
	}));

async function loadOwnPermissions(client: Client): Promise<z.output<typeof ownPermissions>> {
	const { data } = await client
		.send({ method: 'GET', path: path`/me/permissions`, schema: ownPermissions })
		.catch((error: unknown) => {
			throw aboutNobody(asFailure(error));
		});
	return data;
}

/**
 * awork shows a role without this permission only itself or the people of its own teams: nobody found
 * then means nothing.
 *
 * @throws Failure `forbidden`
 */
export async function ensureCanReadUsers(client: Client): Promise<void> {
	if ((await loadOwnPermissions(client)).has('user-master-data', 'read')) return;
	throw new Failure('forbidden', {
		advice:
			'Give its role in awork the permission to read users (user-master-data), or choose the user by ID.',
	});
}

/**
 * Proves the permissions that the node needs.
 *
 * @throws Failure `forbidden`
 */
export async function ensureCanManageUsers(client: Client): Promise<void> {
	const permissions = await loadOwnPermissions(client);
	if (
		permissions.has('user-manage-config', 'write') &&
		permissions.has('user-master-data', 'read')
	) {
		return;
	}
	throw new Failure('forbidden', {
		summary: "The credential can't manage users",
		advice:
			'Give its role in awork the permissions to manage users (user-manage-config) and to read them (user-master-data).',
	});
}
