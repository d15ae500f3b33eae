import type { INodeProperties } from 'n8n-workflow';

/** awork has one host for everybody; only a gateway in between has another. */
export const AWORK_URL = 'https://api.awork.com/api/v1';

/** ZITADEL has no public host: every customer has an instance of their own. */
export const zitadelInstanceUrl: Partial<INodeProperties> = {
	displayName: 'Instance URL',
	placeholder: 'e.g. https://example-abc123.eu1.zitadel.cloud',
	description: 'External domain of the instance as set in ZITADEL, not an IP address',
};

/** Each app has its own; it ends before `/Users`. */
export const scimBaseUrl: Partial<INodeProperties> = {
	placeholder: 'e.g. https://app.example.com/scim/v2',
	description: 'Address of the SCIM API as the documentation of the app gives it, without /Users',
};
