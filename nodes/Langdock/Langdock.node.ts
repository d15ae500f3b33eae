import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { LangdockAdminApi } from '../../credentials/LangdockAdminApi.credentials';
import { credentialTest, executor } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { langdock } from './langdock';

export class Langdock implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Langdock',
		name: 'langdock',
		icon: { light: 'file:../../icons/langdock.svg', dark: 'file:../../icons/langdock.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate and reactivate members of a Langdock workspace',
		defaults: { name: 'Langdock' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'langdockAdminApi', required: true, testedBy: 'langdockAdminApiTest' }],
		properties: userProperties(langdock),
	};

	methods = {
		credentialTest: { langdockAdminApiTest: credentialTest(langdock, LangdockAdminApi) },
	};

	execute = executor(langdock);
}
