import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { prepareContainer } from './container.cts';
import { MemoryCredentials } from './credentials.cts';
import { packageCredentials, packageNodes } from './packageTypes.cts';

prepareContainer();

/**
 * Tests a credential as n8n's 'Test' button does (packages/cli/src/services/
 * credentials-tester.service.ts): by the type's own `test`, else by the function that a node names
 * in `testedBy`.
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

	const test = testFunction(name);
	return await test.call(new CredentialTestContext(additionalData), {
		id: name,
		name,
		type: name,
		data: resolved,
	});
}

function testFunction(name: string) {
	for (const { description, methods } of packageNodes().values()) {
		const testedBy = description.credentials?.find((entry) => entry.name === name)?.testedBy;
		const test = typeof testedBy === 'string' && methods?.credentialTest?.[testedBy];
		if (test) return test;
	}
	throw new Error(`no node tests ${name}`);
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
	return await new RoutingNode(context, nodeType, decrypted).runNode().then(
		() => ({ status: 'OK', message: 'Connection successful!' }),
		(error: { message: string; cause?: { response?: { status: number; statusText: string } } }) => {
			const response = error.cause?.response;
			const rule = rules?.find(
				({ type, properties }) => type === 'responseCode' && properties.value === response?.status,
			);
			const message = rule?.properties.message ?? response?.statusText ?? error.message;
			return { status: 'Error', message: String(message) };
		},
	);
}
