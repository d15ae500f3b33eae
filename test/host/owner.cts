import { postJson } from './postJson.cts';
import { Problem } from './problem.cts';

/** Who signs in to a fresh n8n. It can be reached from this machine only, and holds no secret. */
export const OWNER = { email: 'admin@example.org', password: 'Offboarding-1' };

/** Creates the owner account of a fresh n8n, which otherwise asks for it at the first visit. */
export async function setUpOwner(url: string): Promise<Response> {
	const owner = { ...OWNER, firstName: 'Ada', lastName: 'Min' };
	const response = await postJson(`${url}/rest/owner/setup`, owner);
	if (!response.ok) {
		throw new Problem(`n8n did not accept its owner: ${await response.text()}`);
	}
	return response;
}
