import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { scimBaseUrl } from './shared/addresses';
import {
	clientForm,
	fetchedBearer,
	fetchToken,
	textOf,
	type FetchedToken,
} from './shared/authenticate';
import {
	appName,
	baseUrlFields,
	clientFields,
	markedIfFixed,
	setupNotice,
	tokenFields,
	withoutExpressions,
} from './shared/fields';

/** For apps whose SCIM API takes a token that is fetched with client ID and secret. */
export class ScimClientCredentialsApi implements ICredentialType {
	name = 'scimClientCredentialsApi';

	displayName = 'SCIM Client Credentials API';

	icon: Icon = { light: 'file:../icons/scim.svg', dark: 'file:../icons/scim.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/scim.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'scim',
			'In the admin settings of the app, register an API client that may use SCIM. The app shows the address of its SCIM API, and where to fetch tokens.',
		),
		...withoutExpressions([
			...baseUrlFields(scimBaseUrl),
			appName,
			{
				displayName: 'Token URL',
				name: 'tokenUrl',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. https://login.example.com/oauth2/token',
				description: 'Where the app issues tokens, as its documentation gives it',
			},
			...clientFields({
				clientId: 'Issued by the app when you register an API client',
				clientSecret: 'Issued together with the client ID',
			}),
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'string',
				default: '',
				description: 'Leave empty unless the documentation of the app asks for one',
			},
		]),
		...tokenFields,
	]);

	/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credential: ICredentialDataDecryptedObject,
	): Promise<FetchedToken> {
		return await fetchToken(this.helpers, {
			baseUrl: textOf(credential, 'baseUrl'),
			tokenUrl: textOf(credential, 'tokenUrl'),
			allowHttp: credential.allowHttp === true,
			form: clientForm(credential, textOf(credential, 'scope')),
		});
	}

	authenticate = fetchedBearer;
}
