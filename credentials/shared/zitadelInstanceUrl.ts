import type { INodeProperties } from 'n8n-workflow';

/** ZITADEL has no public host: every customer has an instance, in the cloud or at home. */
export const instanceUrl: Partial<INodeProperties> = {
	displayName: 'Instance URL',
	placeholder: 'e.g. https://example-abc123.eu1.zitadel.cloud',
	description:
		'Address of the instance: its external domain as set in ZITADEL, not an IP address of it',
};

/**
 * The instance URL as an expression, for requests that n8n makes itself: to get a token, and to test
 * a credential. What the nodes do in code must hold for them too, so that the client secret does
 * not go out unencrypted unless somebody wants it: plain http to another machine becomes https.
 *
 * @param credential what the fields of the credential are called where the expression stands
 */
export function instanceUrlExpression(credential: '$self' | '$credentials', path = ''): string {
	const otherHost = '/^http:(?!\\/\\/(localhost|127\\.0\\.0\\.1|\\[::1\\])([:\\/]|$))/i';
	return `={{ ${credential}["baseUrl"].trim().replace(/\\/+$/, "").replace(${otherHost}, ${credential}["allowHttp"] ? "http:" : "https:") }}${path}`;
}
