import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { bearer, secret, withHeader } from './shared/authenticate';
import { baseUrlFields } from './shared/baseUrlFields';
import { secretField } from './shared/secretField';

export class AitronosAdminApi implements ICredentialType {
	name = 'aitronosAdminApi';

	displayName = 'Aitronos Admin API';

	icon: Icon = { light: 'file:../icons/aitronos.svg', dark: 'file:../icons/aitronos.dark.svg' };

	documentationUrl = 'https://docs.aitronos.com/docs/api-reference/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'apiKey',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Of a person; it expires after some weeks',
				},
				{ name: 'API Key', value: 'apiKey', description: 'Of the organization' },
			],
			description:
				'What to sign requests with. Aitronos documents user management with an access token; if it does not accept the API key for it, use a token.',
		},
		secretField({
			displayName: 'API Key',
			name: 'apiKey',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'Created in Aitronos under Settings > API Keys; it is shown only once',
		}),
		secretField({
			displayName: 'Access Token',
			name: 'accessToken',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description:
				'Issued when a person signs in. The person needs the capability deactivate_users or the role Admin or Owner in the organization.',
		}),
		...baseUrlFields({
			default: 'https://api.aitronos.com',
			description: 'Leave as it is unless Aitronos gave you another address',
		}),
	];

	/** Just one of the two headers: with both, the key would win unnoticed. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return credential.authentication === 'accessToken'
			? await bearer('accessToken')(credential, request)
			: withHeader(request, 'X-API-Key', secret(credential, 'apiKey'));
	}
}
