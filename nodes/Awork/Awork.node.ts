import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { AworkAdminApi } from '../../credentials/AworkAdminApi.credentials';
import { credentialTest, executor, userSearch } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { SEARCH_USERS } from '../shared/parameters/locators';
import { awork, loadUsers } from './awork';

export class Awork implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'awork',
		name: 'awork',
		icon: { light: 'file:../../icons/awork.svg', dark: 'file:../../icons/awork.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate, look up and reactivate users of an awork workspace',
		defaults: { name: 'awork' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'aworkAdminApi',
				required: true,
				testedBy: 'aworkAdminApiTest',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'aworkAdminOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: userProperties(awork),
	};

	methods = {
		credentialTest: { aworkAdminApiTest: credentialTest(awork, AworkAdminApi) },
		listSearch: { [SEARCH_USERS]: userSearch(awork, {}, loadUsers) },
	};

	execute = executor(awork);
}
