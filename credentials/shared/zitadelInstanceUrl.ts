import type { INodeProperties } from 'n8n-workflow';

/** ZITADEL has no public host: every customer has an instance, in the cloud or at home. */
export const instanceUrl: Partial<INodeProperties> = {
	displayName: 'Instance URL',
	placeholder: 'e.g. https://example-abc123.eu1.zitadel.cloud',
	description:
		'Address of the instance: its external domain as set in ZITADEL, not an IP address of it',
};
