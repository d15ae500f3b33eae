import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { ZitadelAdminApi } from '../../credentials/ZitadelAdminApi.credentials';
import { ZitadelClientCredentialsApi } from '../../credentials/ZitadelClientCredentialsApi.credentials';
import { credentialTest, executor, userSearch } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { SEARCH_USERS } from '../shared/parameters/locators';
import { zitadel, loadUsers } from './zitadel';

export class Zitadel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ZITADEL',
		name: 'zitadel',
		icon: { light: 'file:../../icons/zitadel.svg', dark: 'file:../../icons/zitadel.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate, look up and reactivate users of a ZITADEL instance',
		defaults: { name: 'ZITADEL' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'zitadelAdminApi',
				required: true,
				testedBy: 'zitadelAdminApiTest',
				displayOptions: { show: { authentication: ['personalAccessToken'] } },
			},
			{
				name: 'zitadelClientCredentialsApi',
				required: true,
				testedBy: 'zitadelClientCredentialsApiTest',
				displayOptions: { show: { authentication: ['clientCredentials'] } },
			},
		],
		properties: userProperties(zitadel),
	};

	methods = {
		credentialTest: {
			zitadelAdminApiTest: credentialTest(zitadel, ZitadelAdminApi),
			zitadelClientCredentialsApiTest: credentialTest(zitadel, ZitadelClientCredentialsApi),
		},
		listSearch: { [SEARCH_USERS]: userSearch(zitadel, {}, loadUsers) },
	};

	execute = executor(zitadel);
}
