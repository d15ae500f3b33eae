import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { scimBaseUrl } from './shared/addresses';
import { bearer, refusal, secret, textOf, withHeader } from './shared/authenticate';
import { appName, baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

/** What a header name consists of (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

export class ScimAdminApi implements ICredentialType {
	name = 'scimAdminApi';

	displayName = 'SCIM Admin API';

	icon: Icon = { light: 'file:../icons/scim.svg', dark: 'file:../icons/scim.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/scim.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'scim',
			'In the admin settings of the app, find SCIM or user provisioning. It shows the address of its SCIM API and creates the token.',
		),
		...baseUrlFields(scimBaseUrl),
		appName,
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'bearer',
			options: [
				{
					name: 'Bearer Token',
					value: 'bearer',
					description: 'In the Authorization header, as most apps expect it',
				},
				{
					name: 'Custom Header',
					value: 'header',
					description: 'In a header with a name of its own',
				},
			],
			description: 'How to send the token',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. X-API-Key',
			displayOptions: { show: { authentication: ['header'] } },
			description: 'Name of the header as the documentation of the app gives it',
		},
		secretField({
			displayName: 'Token',
			name: 'accessToken',
			description:
				'Create it in the app, where it sets up provisioning or SCIM. Usually only an admin can.',
		}),
	]);

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (credential.authentication !== 'header') {
			return await bearer('accessToken')(credential, request);
		}
		const name = textOf(credential, 'headerName');
		if (!HEADER_NAME.test(name))
			throw refusal('ERR_INVALID_HTTP_TOKEN', 'The header name is invalid');
		return withHeader(request, name, secret(credential, 'accessToken'));
	}
}
