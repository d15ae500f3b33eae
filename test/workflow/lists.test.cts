import { NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { listSearch } from '../harness/listSearch.cts';
import { nockOnly } from '../harness/nockOnly.cts';
import { byId } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';

const KEY = 'k3y-5ecr3t-5ecr3t';
const HOST = 'https://service.example.org';

const requests = {
	zitadel: {
		node: 'zitadel',
		method: 'searchUsers',
		parameters: { authentication: 'personalAccessToken' },
		credentials: { zitadelAdminApi: { baseUrl: HOST, accessToken: KEY } },
	},
	aitronos: {
		node: 'aitronos',
		method: 'searchUsers',
		parameters: { organizationId: byId('org_1') },
		credentials: { aitronosAdminApi: { baseUrl: HOST, authentication: 'apiKey', apiKey: KEY } },
	},
	awork: {
		node: 'awork',
		method: 'searchUsers',
		parameters: { authentication: 'apiKey' },
		credentials: { aworkAdminApi: { baseUrl: HOST, apiKey: KEY } },
	},
};

nockOnly();

describe.each(Object.entries(requests))(
	'a list of users of %s in n8n’s own context',
	(_, request) => {
		it('says what is wrong, without the key', async () => {
			nock(HOST).get(/.*/).optionally().reply(401, { message: KEY, description: KEY });
			const body = { message: KEY, error: { message: KEY } };
			nock(HOST).post(/.*/).optionally().reply(401, body);
			const error: unknown = await listSearch(request).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(NodeApiError);
			expect((error as Error).message).toContain('rejected the credential');
			expect(findSecrets(error, [KEY])).toEqual([]);
		});

		it('is not asked for with a key that can’t be sent', async () => {
			const unsendable = `${KEY}\u200b`;
			const [[type, data] = ['', {}]] = Object.entries(request.credentials);
			const credentials = {
				[type]: { ...data, apiKey: unsendable, accessToken: unsendable },
			};
			await expect(listSearch({ ...request, credentials })).rejects.toThrow(
				/The key or token in the credential contains characters that can't be sent$/,
			);
		});
	},
);
