import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearer } from './shared/authenticate';
import { baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

export class OdeusAdminApi implements ICredentialType {
	name = 'odeusAdminApi';

	displayName = 'Odeus Admin API';

	icon: Icon = { light: 'file:../icons/odeus.svg', dark: 'file:../icons/odeus.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/odeus.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'odeus',
			"As a workspace admin, create an API key in Odeus under Workspace Settings > Products > API, with the scope USER_MANAGEMENT_API. Personal API keys don't work.",
		),
		secretField({ displayName: 'API Key', name: 'apiKey' }),
		...baseUrlFields({
			default: 'https://api.odeus.ai',
			description:
				'Keep the default for odeus.ai. For a dedicated deployment, enter its address followed by /api/public.',
		}),
	]);

	authenticate = bearer('apiKey');
}
