import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { aworkBaseUrl } from './shared/addresses';
import { baseUrlFields, clientFields, withoutExpressions } from './shared/fields';

/** Authorization code with PKCE, as a confidential client: id and secret in a Basic header. */
export class AworkAdminOAuth2Api implements ICredentialType {
	name = 'aworkAdminOAuth2Api';

	displayName = 'Awork Admin OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/awork.svg', dark: 'file:../icons/awork.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/awork.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = [
		...clientFields({
			clientId:
				'Create an API client in awork under Settings > Integrations > API Client, and enter the redirect URL shown above',
			clientSecret:
				'Shown with the client ID. The person who connects needs a role in awork that is admin or can manage and read users (user-manage-config, user-master-data).',
		}),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://api.awork.com/api/v1/accounts/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://api.awork.com/api/v1/accounts/token',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: 'full_access offline_access' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
		...withoutExpressions(baseUrlFields(aworkBaseUrl)),
	];
}
