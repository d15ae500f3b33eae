import { delimiter, dirname } from 'node:path';
import type { Host } from './install.cts';

/** What a program needs of the environment of whoever starts it, and nothing that n8n reads. */
const inherited = [
	'HOME',
	'LANG',
	'PATH',
	'PATHEXT',
	'SystemRoot',
	'TEMP',
	'TMP',
	'TMPDIR',
	'USERPROFILE',
];

/** A PATH on which `node` is the given one: n8n starts its task runner by that name. */
export function nodeFirst(node: string): { PATH: string } {
	return { PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter) };
}

/**
 * The environment of one n8n, with the ports of its editor and of its task runner: nothing of the
 * caller's own n8n or proxy, nothing to or from n8n's makers, and reachable from this machine only.
 */
export function n8nEnvironment(
	host: Host,
	userFolder: string,
	port: number,
	broker: number,
): NodeJS.ProcessEnv {
	const kept = inherited.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value]];
	});
	return {
		...(Object.fromEntries(kept) as NodeJS.ProcessEnv),
		...nodeFirst(host.node),
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(broker),
		// Plain http: on loopback, browsers differ on whether they keep a secure cookie.
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		// Fetches a list from n8n's makers at every start. The oldest n8n has no such module, and does
		// not start if it is named.
		...(host.name === 'newest' && { N8N_DISABLED_MODULES: 'mcp-registry' }),
	};
}
