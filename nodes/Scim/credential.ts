import type { Client } from '../shared/http/client';
import { loadConfig } from './config';
import { ensureShowsUsers } from './list';

/**
 * Proves the credential.
 *
 * @returns what the server says about itself, for the person who tests the credential
 * @throws Failure
 */
export async function checkCredential(client: Client): Promise<string> {
	await ensureShowsUsers(client);
	const { patch, filter } = await loadConfig(client);
	const said = [
		...(patch === undefined ? [] : [`${patch ? 'can' : "can't"} change single attributes (PATCH)`]),
		...(filter === undefined ? [] : [`${filter ? 'can' : "can't"} search users (filter)`]),
	];
	return said.length === 0
		? "The app doesn't say what its SCIM API supports."
		: `According to the app, its SCIM API ${said.join(' and ')}.`;
}
