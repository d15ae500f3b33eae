import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlFields } from './shared/baseUrlFields';
import { clientFields } from './shared/clientFields';
import { instanceUrl, instanceUrlExpression } from './shared/zitadelInstanceUrl';

/**
 * Client credentials of a service account. The client id is its login name; it and the secret go
 * into the body, because ZITADEL decodes a Basic header that n8n does not encode.
 */
export class ZitadelAdminOAuth2Api implements ICredentialType {
	name = 'zitadelAdminOAuth2Api';

	displayName = 'ZITADEL Admin OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/zitadel.svg', dark: 'file:../icons/zitadel.dark.svg' };

	documentationUrl =
		'https://zitadel.com/docs/guides/integrate/service-accounts/client-credentials';

	properties: INodeProperties[] = [
		...baseUrlFields(instanceUrl),
		...clientFields({
			clientId: 'Login name of the service account, as the ZITADEL console shows it',
			clientSecret:
				'In the ZITADEL console under Users > Service Accounts > Actions > Generate Client Secret. The account needs the role ORG_USER_MANAGER, or IAM_USER_MANAGER for all organizations.',
		}),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'clientCredentials' },
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: instanceUrlExpression('$self', '/oauth/v2/token'),
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'openid urn:zitadel:iam:org:project:id:zitadel:aud',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		// n8n offers it wherever the secret goes into the body; ZITADEL has no use for it.
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: false,
		},
	];

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: instanceUrlExpression('$credentials'),
			url: '/v2/users',
			body: { query: { limit: 1 } },
			disableFollowRedirect: true,
		},
		// An answer without it is none of ZITADEL's, whatever its status: a sign-in page, say.
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'details',
					value: undefined,
					message:
						"There is no ZITADEL instance at this address. Check 'Instance URL': it must be the external domain of the instance.",
				},
			},
		],
	};
}
