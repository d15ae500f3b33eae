import type { INodeProperties } from 'n8n-workflow';

/** Where the service is, and whether the way there may be unencrypted. */
export function baseUrlFields(baseUrl: Partial<INodeProperties>): INodeProperties[] {
	return [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			...baseUrl,
		},
		{
			displayName: 'Allow Unencrypted HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether the key may be sent over http instead of https. Turn it on only if the service runs in your own protected network.',
		},
	];
}
