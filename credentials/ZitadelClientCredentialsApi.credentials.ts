import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { zitadelInstanceUrl } from './shared/addresses';
import {
	clientForm,
	fetchedBearer,
	fetchToken,
	textOf,
	type FetchedToken,
} from './shared/authenticate';
import {
	baseUrlFields,
	clientFields,
	markedIfFixed,
	setupNotice,
	tokenFields,
	withoutExpressions,
} from './shared/fields';

/** Without the audience ZITADEL issues a token that its API does not accept. */
const SCOPE = 'openid urn:zitadel:iam:org:project:id:zitadel:aud';

/**
 * Client credentials of a service account. The client ID is its login name; it and the secret go into
 * the body of the token request.
 */
export class ZitadelClientCredentialsApi implements ICredentialType {
	name = 'zitadelClientCredentialsApi';

	displayName = 'ZITADEL Client Credentials API';

	icon: Icon = { light: 'file:../icons/zitadel.svg', dark: 'file:../icons/zitadel.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/zitadel.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'zitadel',
			'In the ZITADEL console under Users > Service Accounts, create a service account and select Actions > Generate Client Secret. Give the account the role ORG_USER_MANAGER, or IAM_USER_MANAGER for all organizations.',
		),
		...withoutExpressions([
			...baseUrlFields(zitadelInstanceUrl),
			...clientFields({
				clientId: 'Login name of the service account, as shown in the ZITADEL console',
			}),
		]),
		...tokenFields,
	]);

	/** @see https://zitadel.com/docs/guides/integrate/service-accounts/client-credentials */
	async preAuthentication(
		this: IHttpRequestHelper,
		credential: ICredentialDataDecryptedObject,
	): Promise<FetchedToken> {
		const address = textOf(credential, 'baseUrl').replace(/\/+$/, '');
		return await fetchToken(this.helpers, {
			baseUrl: address,
			tokenUrl: `${address}/oauth/v2/token`,
			allowHttp: credential.allowHttp === true,
			form: clientForm(credential, SCOPE),
		});
	}

	authenticate = fetchedBearer;
}
