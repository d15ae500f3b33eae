import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { AitronosAdminApi } from '../../credentials/AitronosAdminApi.credentials';
import { credentialTest } from '../shared/n8n/credentialTest';
import { userProperties } from '../shared/n8n/properties';
import { executor } from '../shared/n8n/execute';
import { listSearch, userSearch } from '../shared/n8n/listSearch';
import { SEARCH_USERS } from '../shared/parameters/locators';
import { aitronos } from './aitronos';
import { searchDepartments, searchOrganizations } from './lists';
import { organizationId } from './parameters';
import { users } from './users';

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
			[SEARCH_USERS]: userSearch(aitronos, { organizationId }, users),
			searchDepartments: listSearch(aitronos, { organizationId }, searchDepartments),
			searchOrganizations: listSearch(aitronos, {}, searchOrganizations),
		},
	};

	execute = executor(aitronos);
}
