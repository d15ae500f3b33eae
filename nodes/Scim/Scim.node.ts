import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { ScimAdminApi } from '../../credentials/ScimAdminApi.credentials';
import { ScimClientCredentialsApi } from '../../credentials/ScimClientCredentialsApi.credentials';
import { credentialTest, executor, userSearch } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { SEARCH_USERS } from '../shared/parameters/locators';
import { scim, loadUsers } from './scim';

export class Scim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SCIM',
		name: 'scim',
		icon: { light: 'file:../../icons/scim.svg', dark: 'file:../../icons/scim.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate, look up and reactivate users of any app with SCIM 2.0',
		defaults: { name: 'SCIM' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'scimAdminApi',
				required: true,
				testedBy: 'scimAdminApiTest',
				displayOptions: { show: { authentication: ['token'] } },
			},
			{
				name: 'scimClientCredentialsApi',
				required: true,
				testedBy: 'scimClientCredentialsApiTest',
				displayOptions: { show: { authentication: ['clientCredentials'] } },
			},
		],
		properties: userProperties(scim),
	};

	methods = {
		credentialTest: {
			scimAdminApiTest: credentialTest(scim, ScimAdminApi),
			scimClientCredentialsApiTest: credentialTest(scim, ScimClientCredentialsApi),
		},
		listSearch: { [SEARCH_USERS]: userSearch(scim, {}, loadUsers) },
	};

	execute = executor(scim);
}
