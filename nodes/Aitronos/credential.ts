import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';

const validation = z.object({ is_valid: z.boolean() });

/**
 * Proves the credential. A bad key may show in the status or in the body alone.
 *
 * @throws Failure
 * @see https://docs.aitronos.com/docs/api-reference/authentication/validate-token
 */
export async function checkCredential(client: Client): Promise<void> {
	const { data } = await client.send({
		method: 'GET',
		path: path`/v1/auth/validate`,
		schema: validation,
	});
	if (!data.is_valid) throw new Failure('unauthorized');
}
