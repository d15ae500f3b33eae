import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { bearer, secret, withHeader } from './shared/authenticate';
import { baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

export class AitronosAdminApi implements ICredentialType {
	name = 'aitronosAdminApi';

	displayName = 'Aitronos Admin API';

	icon: Icon = { light: 'file:../icons/aitronos.svg', dark: 'file:../icons/aitronos.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/aitronos.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'aitronos',
			'Create an API key in Aitronos under Settings > API Keys. Or use the access token of a person with the capability deactivate_users or the role Admin or Owner in the organization.',
		),
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'apiKey',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Issued to a person; expires after a few weeks',
				},
				{ name: 'API Key', value: 'apiKey', description: 'Belongs to the organization' },
			],
			description:
				'How to authenticate. Aitronos documents user management with an access token; if it rejects the API key, use a token.',
		},
		secretField({
			displayName: 'API Key',
			name: 'apiKey',
			displayOptions: { show: { authentication: ['apiKey'] } },
		}),
		secretField({
			displayName: 'Access Token',
			name: 'accessToken',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description: 'Issued when a person signs in',
		}),
		...baseUrlFields({
			default: 'https://api.aitronos.com',
			description: 'Keep the default unless Aitronos gave you another address',
		}),
	]);

	/** Only one of the two headers: with both, Aitronos would use the key. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return credential.authentication === 'accessToken'
			? await bearer('accessToken')(credential, request)
			: withHeader(request, 'X-API-Key', secret(credential, 'apiKey'));
	}
}
