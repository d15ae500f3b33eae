import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { AWORK_URL } from './shared/addresses';
import { bearer } from './shared/authenticate';
import { baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

export class AworkAdminApi implements ICredentialType {
	name = 'aworkAdminApi';

	displayName = 'Awork Admin API';

	icon: Icon = { light: 'file:../icons/awork.svg', dark: 'file:../icons/awork.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/awork.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'awork',
			'Create an API key in awork under Settings > Integrations > API Client > Manage API Keys. Its API user needs a role that is admin or can manage and read users (user-manage-config, user-master-data).',
		),
		secretField({ displayName: 'API Key', name: 'apiKey' }),
		...baseUrlFields({
			default: AWORK_URL,
			description: 'Keep the default unless you use a gateway',
		}),
	]);

	authenticate = bearer('apiKey');
}
