import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { zitadelInstanceUrl } from './shared/addresses';
import { bearer } from './shared/authenticate';
import { baseUrlFields, markedIfFixed, secretField, setupNotice } from './shared/fields';

export class ZitadelAdminApi implements ICredentialType {
	name = 'zitadelAdminApi';

	displayName = 'ZITADEL Admin API';

	icon: Icon = { light: 'file:../icons/zitadel.svg', dark: 'file:../icons/zitadel.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs/zitadel.md#where-to-get-the-key-or-token';

	properties: INodeProperties[] = markedIfFixed([
		setupNotice(
			'zitadel',
			'In the ZITADEL console under Users > Service Accounts, create a service account and a personal access token for it. Give the account the role ORG_USER_MANAGER, or IAM_USER_MANAGER for all organizations.',
		),
		...baseUrlFields(zitadelInstanceUrl),
		secretField({ displayName: 'Personal Access Token', name: 'accessToken' }),
	]);

	authenticate = bearer('accessToken');
}
