import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { path } from '../shared/model/path';
import { send } from './send';

const feature = z
	.object({ supported: z.boolean().optional().catch(undefined) })
	.optional()
	.catch(undefined);

const config = z.object({ patch: feature, filter: feature, etag: feature });

/** What a server says about itself. Nothing is known where it does not say. */
export interface ServerConfig {
	patch?: boolean | undefined;
	filter?: boolean | undefined;
	etag?: boolean | undefined;
}

/**
 * Asks the server what it supports: a hint, not a proof. Many servers have no such page.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function loadConfig(client: Client): Promise<ServerConfig> {
	const { patch, filter, etag } = await send(client, {
		method: 'GET',
		path: path`/ServiceProviderConfig`,
		schema: config,
		isOptional: true,
	}).then(
		({ data }) => data,
		(): z.infer<typeof config> => ({}),
	);
	return { patch: patch?.supported, filter: filter?.supported, etag: etag?.supported };
}
