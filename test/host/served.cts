import { Editor } from './editor.cts';
import { installHost } from './install.cts';
import type { HostName } from './install.cts';
import { Instance } from './instance.cts';
import type { CredentialExport } from './instance.cts';

/** A real n8n that runs, with this package in it and its owner signed in. */
export interface Served {
	readonly instance: Instance;
	readonly editor: Editor;
	/** What n8n has written so far. */
	output(): string;
	stop(): Promise<void>;
}

/**
 * @param tarball the packed package
 * @param settings environment variables of n8n beside the usual ones; `undefined` takes a usual one
 *   away
 * @param credentials those that it has from the start, under ids of their own
 * @param hostName which n8n
 */
export async function serve(
	tarball: string,
	settings: NodeJS.ProcessEnv = {},
	credentials: readonly CredentialExport[] = [],
	hostName: HostName = 'newest',
): Promise<Served> {
	const instance = await Instance.create(await installHost(hostName), settings);
	if (credentials.length > 0) await instance.importCredentials(credentials);
	await instance.installPackage(tarball);
	const server = await instance.start();
	return {
		instance,
		editor: await Editor.open(instance.url),
		output: () => server.output(),
		async stop() {
			server.kill('SIGTERM');
			await server.ended;
			instance.remove();
		},
	};
}
