import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { prepareContainer } from './container.cts';
import { MemoryCredentials } from './credentials.cts';
import { packageNodes } from './packageTypes.cts';

prepareContainer();

/** What n8n's server answers without asking the service. */
const NO_TEST = failed('No testing function found for this credential.');
const NOT_CONNECTED = failed('This OAuth2 credential was not connected to an account.');
const CONNECTED = { status: 'OK', message: 'Connection Successful!' } as const;

/**
 * Tests a credential as n8n's 'Test' button does (packages/cli/src/services/
 * credentials-tester.service.ts): with OAuth2, by looking for a token; else by what a node names in
 * `testedBy`. No type of this package has a `test` of its own.
 */
export async function testCredential(
	name: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const credentials = new MemoryCredentials({ [name]: data });
	const additionalData = additionalDataFor(credentials);
	const resolved = await credentials.getDecrypted(additionalData, { id: name, name }, name);
	const users = [...packageNodes().values()].flatMap((node) =>
		(node.description.credentials ?? [])
			.filter((entry) => entry.name === name)
			.map(({ testedBy }) => ({ node, testedBy })),
	);
	if (users.length > 0 && credentials.getParentTypes(name).includes('oAuth2Api')) {
		const token = resolved.oauthTokenData;
		return typeof token === 'object' && 'access_token' in token ? CONNECTED : NOT_CONNECTED;
	}
	const user = users.find(({ testedBy }) => testedBy !== undefined);
	const test = user && user.node.methods?.credentialTest?.[String(user.testedBy)];
	if (!test) return NO_TEST;
	return await test.call(new CredentialTestContext(additionalData), {
		id: name,
		name,
		type: name,
		data: resolved,
	});
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
