import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOnDemand } from '../shared/n8n/methods';
import { offboardCredentials, offboardProperties } from './fields';
import { credentialTests, listSearches } from './methods';

export class OffboardUser implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Offboard User',
		name: 'offboardUser',
		icon: {
			light: 'file:../../icons/offboardUser.svg',
			dark: 'file:../../icons/offboardUser.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Deactivate, look up and reactivate a person at Langdock, Odeus, Aitronos, ZITADEL, awork and an app with SCIM in one step',
		defaults: { name: 'Offboard User' },
		// Otherwise n8n names a new node after its action.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: offboardCredentials(),
		properties: offboardProperties(),
	};

	methods = { credentialTest: credentialTests(), listSearch: listSearches() };

	execute = executeOnDemand(async () => (await import('./execute')).offboard);
}
