import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { OdeusAdminApi } from '../../credentials/OdeusAdminApi.credentials';
import { credentialTest, executor } from '../shared/n8n/methods';
import { userProperties } from '../shared/n8n/properties';
import { odeus } from './odeus';

export class Odeus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Odeus',
		name: 'odeus',
		icon: { light: 'file:../../icons/odeus.svg', dark: 'file:../../icons/odeus.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deactivate and reactivate members of an Odeus workspace',
		defaults: { name: 'Odeus' },
		// Otherwise n8n names a new node after its action, and all services would look alike.
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'odeusAdminApi', required: true, testedBy: 'odeusAdminApiTest' }],
		properties: userProperties(odeus),
	};

	methods = {
		credentialTest: { odeusAdminApiTest: credentialTest(odeus, OdeusAdminApi) },
	};

	execute = executor(odeus);
}
