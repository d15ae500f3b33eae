import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearer } from './shared/authenticate';
import { baseUrlFields } from './shared/baseUrlFields';
import { secretField } from './shared/secretField';

export class LangdockAdminApi implements ICredentialType {
	name = 'langdockAdminApi';

	displayName = 'Langdock Admin API';

	icon: Icon = { light: 'file:../icons/langdock.svg', dark: 'file:../icons/langdock.dark.svg' };

	documentationUrl = 'https://docs.langdock.com/en/developer/user-management-api/deactivate-user';

	properties: INodeProperties[] = [
		secretField({
			displayName: 'API Key',
			name: 'apiKey',
			description:
				'Created by a workspace admin in Langdock under Workspace Settings > Products > API, with the scope USER_MANAGEMENT_API. Personal API keys do not work.',
		}),
		...baseUrlFields({
			default: 'https://api.langdock.com',
			description:
				'Leave as it is for langdock.com. For a dedicated deployment, enter its address followed by /api/public.',
		}),
	];

	authenticate = bearer('apiKey');
}
