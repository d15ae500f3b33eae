import { postJson } from './postJson.cts';
import { Problem } from './problem.cts';

/** Who signs in to a demo's n8n. It can be reached from this machine only, and holds no secret. */
export interface Owner {
	readonly email: string;
	readonly password: string;
}

export const OWNER: Owner = { email: 'admin@example.org', password: 'Offboarding-1' };

/** Creates the owner account of a fresh n8n, which otherwise asks for it at the first visit. */
export async function setUpOwner(url: string): Promise<Owner> {
	const owner = { ...OWNER, firstName: 'Ada', lastName: 'Min' };
	const response = await postJson(`${url}/rest/owner/setup`, owner);
	if (!response.ok) {
		throw new Problem(
			`n8n did not accept its owner (${response.status}): ${await response.text()}`,
		);
	}
	return OWNER;
}
