import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type IDataObject,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { prepareContainer } from './container.cts';
import { MemoryCredentials } from './credentials.cts';
import { packageCredentials, packageNodes } from './packageTypes.cts';

prepareContainer();

/** What n8n's server answers without asking the service. */
const NO_TEST = failed('No testing function found for this credential.');
const NOT_CONNECTED = failed('This OAuth2 credential was not connected to an account.');
const CONNECTED = { status: 'OK', message: 'Connection Successful!' } as const;

/**
 * Tests a credential as n8n's 'Test' button does (packages/cli/src/services/
 * credentials-tester.service.ts): by the type's own `test`; else, with OAuth2, by looking for a
 * token; else by what a node names in `testedBy`.
 */
export async function testCredential(
	name: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const credentials = new MemoryCredentials({ [name]: data });
	const additionalData = additionalDataFor(credentials);
	const resolved = await credentials.getDecrypted(additionalData, { id: name, name }, name);
	const declarative = packageCredentials().get(name)?.test;
	if (declarative) return await testByRequest(name, declarative, resolved, credentials);

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

async function testByRequest(
	name: string,
	{ request, rules }: ICredentialTestRequest,
	data: ICredentialDataDecryptedObject,
	credentials: MemoryCredentials,
): Promise<INodeCredentialTestResult> {
	const nodeType: INodeType = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
	const node = {
		id: 'temp',
		name: 'Temp',
		type: 'test.temp',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		credentials: { [name]: { id: name, name } },
	};
	const nodeTypes = { getByNameAndVersion: () => nodeType, getByName: () => nodeType };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as unknown as INodeTypes,
	});
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor(credentials),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: input, source: null },
		[],
	);
	const decrypted = { id: name, name, type: name, data };
	try {
		const output = await new RoutingNode(context, nodeType, decrypted).runNode();
		const body = output?.[0]?.[0]?.json ?? {};
		const broken = rules?.find((rule) => isBrokenBy(rule, body));
		return broken
			? failed(broken.properties.message)
			: { status: 'OK', message: 'Connection successful!' };
	} catch (thrown) {
		const { message, cause } = thrown as RequestError;
		return failed(cause?.response?.statusText ?? cause?.code ?? message);
	}
}

type Rule = NonNullable<ICredentialTestRequest['rules']>[number];

/** What is left in n8n's errors of a request that failed. */
interface RequestError {
	message: string;
	cause?: { code?: string; response?: { statusText: string } };
}

/** A rule about the body names what a good one does not have. */
function isBrokenBy(rule: Rule, body: IDataObject): boolean {
	return rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value;
}
