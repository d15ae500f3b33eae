import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { AitronosAdminApi } from '../../credentials/AitronosAdminApi.credentials';
import { credentialTest, executor, listSearch, userSearch } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { SEARCH_USERS } from '../shared/parameters/locators';
import { aitronos, loadUsers } from './aitronos';
import { organizationId } from './parameters';

export class Aitronos implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aitronos',
		name: 'aitronos',
		icon: { light: 'file:../../icons/aitronos.svg', dark: 'file:../../icons/aitronos.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate, look up and reactivate users of an Aitronos organization',
		defaults: { name: 'Aitronos' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aitronosAdminApi', required: true, testedBy: 'aitronosAdminApiTest' }],
		properties: userProperties(aitronos),
	};

	methods = {
		credentialTest: { aitronosAdminApiTest: credentialTest(aitronos, AitronosAdminApi) },
		listSearch: {
			[SEARCH_USERS]: userSearch(aitronos, { organizationId }, loadUsers),
			searchDepartments: listSearch(
				aitronos,
				{ organizationId },
				async () => (await import('./lists')).searchDepartments,
			),
			searchOrganizations: listSearch(
				aitronos,
				{},
				async () => (await import('./lists')).searchOrganizations,
			),
		},
	};

	execute = executor(aitronos);
}
