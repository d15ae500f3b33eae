import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { prepareContainer } from './container.cts';
import { MemoryCredentials } from './credentials.cts';
import { packageNodes } from './packageTypes.cts';

prepareContainer();

/**
 * Tests a credential as n8n's 'Test' button does (its credentials-tester.service.ts): by what a node
 * names in `testedBy`. No type here has a `test`, and with OAuth2 n8n only looks for a token.
 */
export async function testCredential(
	name: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const credentials = new MemoryCredentials({ [name]: data });
	const additionalData = additionalDataFor(credentials);
	const resolved = await credentials.getDecrypted(additionalData, { id: name, name }, name);
	const uses = [...packageNodes().values()].flatMap(({ description, methods }) =>
		(description.credentials ?? [])
			.filter((entry) => entry.name === name && entry.testedBy !== undefined)
			.map(({ testedBy }) => methods?.credentialTest?.[String(testedBy)]),
	);
	const test = uses.find((method) => method !== undefined);
	if (!test) throw new Error(`no node tests the credential ${name}`);
	return await test.call(new CredentialTestContext(additionalData), {
		id: name,
		name,
		type: name,
		data: resolved,
	});
}
