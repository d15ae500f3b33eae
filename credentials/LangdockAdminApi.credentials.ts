import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearer } from './shared/authenticate';
import { baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

export class LangdockAdminApi implements ICredentialType {
	name = 'langdockAdminApi';

	displayName = 'Langdock Admin API';

	icon: Icon = { light: 'file:../icons/langdock.svg', dark: 'file:../icons/langdock.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/langdock.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'langdock',
			"As a workspace admin, create an API key in Langdock under Workspace Settings > Products > API, with the scope USER_MANAGEMENT_API. Personal API keys don't work.",
		),
		secretField({ displayName: 'API Key', name: 'apiKey' }),
		...baseUrlFields({
			default: 'https://api.langdock.com',
			description:
				'Keep the default for langdock.com. For a dedicated deployment, enter its address followed by /api/public.',
		}),
	]);

	authenticate = bearer('apiKey');
}
