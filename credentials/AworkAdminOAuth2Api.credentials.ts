import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { AWORK_URL } from './shared/addresses';
import { clientFields, setupNotice } from './shared/fields';

/**
 * Authorization code with PKCE, as a confidential client: id and secret in a Basic header.
 *
 * n8n shows the fields of its own OAuth2 type first, each in its place, then its domain settings, and
 * what is new here only after them. So the notice takes the place of Server URL, which n8n needs only
 * to register a client. The address is hidden: awork has one host for everybody.
 */
export class AworkAdminOAuth2Api implements ICredentialType {
	name = 'aworkAdminOAuth2Api';

	displayName = 'Awork Admin OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/awork.svg', dark: 'file:../icons/awork.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/awork.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = [
		{
			...setupNotice(
				'awork',
				'Create an API client in awork under Settings > Integrations > API Client, and enter the OAuth redirect URL there. Whoever connects needs a role in awork that is admin or can manage and read users (user-manage-config, user-master-data).',
			),
			name: 'serverUrl',
		},
		...clientFields(),
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
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: AWORK_URL },
		{ displayName: 'Allow Unencrypted HTTP', name: 'allowHttp', type: 'hidden', default: false },
	];
}
