import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../http/baseUrl';
import { createClient, type Client } from '../http/client';
import { secretsOf } from '../http/secrets';
import { createThrottle } from '../http/throttle';
import type { Connection } from '../http/transport';
import { visible } from '../model/email';
import { asError, Failure } from '../model/failure';
import { quotable } from '../model/text';
import type { Service, ServiceCredential } from '../users/service';
import { createTransport } from './transport';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** What matters of a service here. */
type ConnectedService = Pick<Service, 'credentials' | 'appField'>;

/**
 * Connects to a service with the credential that the node is set to, for a list in the editor.
 *
 * @throws Failure if there is none, or it can't be used
 */
export async function connect(
	context: ILoadOptionsFunctions,
	service: ConnectedService,
): Promise<Connection> {
	const selected = selectedCredential(context, service);
	const data = await readCredential(context, selected, 0);
	return toConnection(context, service, selected, data, '');
}

/** Somebody is looking at the dialog or the list. Times are in milliseconds. */
const IN_EDITOR = { timeout: 15_000, maxRetries: 0 };

/** The client of what somebody waits for in the editor: a credential test or a list. */
export async function editorClient(connection: Connection, service: Service): Promise<Client> {
	return createClient(connection, await service.errors(), IN_EDITOR, createThrottle(undefined));
}

/** Gives the connection of an item. Items whose credential has the same values share one. */
export type Connect = (itemIndex: number) => Promise<Connection>;

/**
 * Connects each item with its own values: the fields of a credential may be expressions, and then
 * two items may belong to two tenants. Only a credential that is marked to hold none (see
 * `markedIfFixed`) is read once for all: each read takes n8n about half a millisecond.
 *
 * n8n stores a token with the credential, not with its values. So with a token, different values
 * within one run are refused: the token of one tenant would go to another.
 */
export function createConnect(context: IExecuteFunctions, service: ConnectedService): Connect {
	const connections = new Map<string, Connection>();
	let chosen: ServiceCredential | undefined;
	let ofAll: Connection | undefined;

	return async (itemIndex) => {
		if (ofAll) return ofAll;
		const selected = (chosen ??= selectedCredential(context, service));
		const data = await readCredential(context, selected, itemIndex);
		const holdsToken = selected.renewsToken === true || isOAuth2(data);
		const key = JSON.stringify(holdsToken ? { ...data, ...WITHOUT_TOKEN } : data);
		const known = connections.get(key);
		if (known) return known;
		if (holdsToken && connections.size > 0) throw DIFFERENT_TENANTS;
		const connection = toConnection(context, service, selected, data, key);
		connections.set(key, connection);
		if (data.holdsNoExpression === true) ofAll = connection;
		return connection;
	};
}

/** What may change during a run although the credential is the same. */
const WITHOUT_TOKEN = { oauthTokenData: undefined, accessToken: undefined, tokenOrigin: undefined };

const DIFFERENT_TENANTS = new Failure('invalidInput', {
	summary: 'The credential has other values for this item than for an earlier one',
	advice:
		'A token belongs to one address. Use a credential with a key for expressions, or one node for each address.',
});

function selectedCredential(
	context: Context,
	{ credentials }: Pick<Service, 'credentials'>,
): ServiceCredential {
	const [only, ...others] = credentials;
	const chosen =
		others.length === 0 ? only?.authentication : context.getNodeParameter('authentication', 0);
	const selected = credentials.find(({ authentication }) => authentication === chosen);
	if (selected) return selected;
	throw new Failure('invalidInput', {
		summary: "'Authentication' has an unknown value",
		advice: 'Choose an authentication from the list.',
	});
}

async function readCredential(
	context: Context,
	{ type }: ServiceCredential,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(type, itemIndex).catch((error: unknown) => {
		throw new Failure('unauthorized', {
			summary: "The credential can't be read",
			advice: `Choose a credential in the node, and open it to check that it is complete. n8n says: ${asError(error).message}`,
		});
	});
}

function toConnection(
	context: Context,
	service: ConnectedService,
	{ type, renewsToken }: ServiceCredential,
	data: ICredentialDataDecryptedObject,
	key: string,
): Connection {
	// A renewed token replaces the one in the data, but answers may still repeat the old one.
	const secrets = new Set<string>();
	const secretsInUse = (latest = data) => {
		for (const secret of secretsOf(latest)) secrets.add(secret);
		return [...secrets];
	};
	secretsInUse();
	// n8n keeps OAuth2 tokens out of reach; after a renewal, the new one is read again.
	const reread = async () => {
		secretsInUse(await context.getCredentials<ICredentialDataDecryptedObject>(type));
	};
	const baseUrl = normalizeBaseUrl(data.baseUrl, data.allowHttp === true);
	return {
		baseUrl,
		app: appOf(service, data, baseUrl),
		...(typeof data.authentication === 'string' && { authentication: data.authentication }),
		fingerprint: fingerprintOf(key),
		secretsInUse: () => secretsInUse(),
		transport: createTransport(context, type, data, {
			limits: allowedDomains(data),
			token: isOAuth2(data) ? 'oAuth2' : renewsToken === true ? 'own' : undefined,
			...(isOAuth2(data) && { afterFirst: reread }),
		}),
	};
}

/** Longest name of an app that is shown. */
const MAX_NAME = 100;

/** The app behind a credential, as its field or else its address names it. */
export function appOf(
	{ appField }: Pick<Service, 'appField'>,
	data: ICredentialDataDecryptedObject,
	baseUrl: string,
): string | undefined {
	if (appField === undefined) return undefined;
	const given = data[appField];
	const name = typeof given === 'string' ? quotable(visible(given)).slice(0, MAX_NAME) : '';
	return name === '' ? new URL(baseUrl).host : name;
}

/** A short hash (FNV-1a, 32 bits): it says nothing of the secrets in the text. */
function fingerprintOf(text: string): string {
	let hash = 0x811c9dc5;
	for (const byte of new TextEncoder().encode(text)) {
		hash = Math.imul(hash ^ byte, 0x01000193);
	}
	return (hash >>> 0).toString(36);
}

function isOAuth2(data: ICredentialDataDecryptedObject): boolean {
	return 'grantType' in data;
}

/** A host name that never exists (RFC 2606). */
const NO_DOMAIN = 'none.invalid';

/**
 * n8n's own restriction of a credential to certain hosts, as an option of a request. It binds
 * requests made from code only if it is passed on; `none` concerns the HTTP Request node alone.
 */
export function allowedDomains(credential: ICredentialDataDecryptedObject): {
	allowedDomains?: string;
} {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credential;
	if (mode !== 'domains' || typeof domains !== 'string') return {};
	// In code, n8n takes an empty list for no restriction; in its own node, for no domain at all.
	return { allowedDomains: domains.trim() === '' ? NO_DOMAIN : domains };
}
