import type { INodeProperties } from 'n8n-workflow';

import { secretField } from './secretField';

/** The fields of n8n's own OAuth2 credential, with help that says where the values are found. */
export function clientFields(help: { clientId: string; clientSecret: string }): INodeProperties[] {
	return [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: help.clientId,
		},
		secretField({
			displayName: 'Client Secret',
			name: 'clientSecret',
			description: help.clientSecret,
		}),
	];
}
