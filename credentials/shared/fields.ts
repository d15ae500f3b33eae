import type { INodeProperties } from 'n8n-workflow';

const PAGES = 'https://github.com/n8n-nodes-offboarding/n8n-nodes-offboarding/blob/main/docs';

/**
 * What somebody needs before they can fill in the fields, and a link to the steps.
 *
 * @param page name of the service's page of the documentation
 */
export function setupNotice(page: string, text: string): INodeProperties {
	const steps = `${PAGES}/${page}.md#where-to-get-the-key-or-token`;
	return {
		displayName: `${text} <a href="${steps}" target="_blank">Show the steps</a>`,
		name: 'setup',
		type: 'notice',
		default: '',
	};
}

/** A required field whose value n8n hides and stores encrypted. */
export function secretField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
): INodeProperties {
	return {
		...field,
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
	};
}

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

/** Client ID and secret, with help that says where the values are found. */
export function clientFields(
	help: Readonly<Partial<Record<'clientId' | 'clientSecret', string>>> = {},
): INodeProperties[] {
	return [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			...(help.clientId !== undefined && { description: help.clientId }),
		},
		secretField({
			displayName: 'Client Secret',
			name: 'clientSecret',
			...(help.clientSecret !== undefined && { description: help.clientSecret }),
		}),
	];
}

/**
 * The fields with no place for an expression: n8n stores a token with the credential, not with the
 * values that an expression has for an item.
 */
export function withoutExpressions(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({ ...field, noDataExpression: true }));
}

/** n8n's own settings of every credential, see `allowedDomains` in `connection.ts`. */
const SETTINGS_OF_N8N = ['/allowedHttpRequestDomains', '/allowedDomains'];

/**
 * The fields, and a mark that a node gets with them only if none of them holds an expression: n8n
 * decides by the values as they were entered which fields it passes on (`getNodeParameters` in
 * n8n-workflow). With the mark, a node reads the credential once instead of for each item.
 */
export function markedIfFixed(fields: readonly INodeProperties[]): INodeProperties[] {
	const isExpression = [{ _cnd: { regex: '^=' } }];
	const hide = Object.fromEntries(
		[...fields.map(({ name }) => name), ...SETTINGS_OF_N8N].map((name) => [name, isExpression]),
	);
	return [
		...fields,
		{
			displayName: 'Holds No Expression',
			name: 'holdsNoExpression',
			type: 'hidden',
			default: true,
			displayOptions: { hide },
		},
	];
}

/**
 * Where n8n keeps the token that the credential fetches, and the address that it was fetched from.
 * n8n fetches a new one if it is empty or no longer accepted.
 */
export const tokenFields: INodeProperties[] = [
	{
		displayName: 'Access Token',
		name: 'accessToken',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{ displayName: 'Token Origin', name: 'tokenOrigin', type: 'hidden', default: '' },
];

/** How results and messages name the app, where one credential type serves many. */
export const appName: INodeProperties = {
	displayName: 'App Name',
	name: 'appName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Slack',
	description: 'How to name the app in results and messages. If empty, the host of the Base URL.',
};
