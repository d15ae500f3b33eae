import { Editor } from './editor.cts';
import { installHost, type HostName } from './install.cts';
import { Instance, type CredentialExport } from './instance.cts';

/** A real n8n that runs, with its owner signed in. */
export type Served = Awaited<ReturnType<typeof serve>>;

/**
 * Starts n8n with the packed package, if given, and credentials under ids of their own. An
 * `undefined` in the settings takes one of the usual environment variables away.
 */
export async function serve(
	tarball: string | undefined,
	settings: NodeJS.ProcessEnv = {},
	credentials: readonly CredentialExport[] = [],
	hostName: HostName = 'newest',
) {
	const instance = await Instance.create(await installHost(hostName), settings);
	if (credentials.length > 0) await instance.importCredentials(credentials);
	if (tarball !== undefined) await instance.installPackage(tarball);
	let server = await instance.start();
	const end = async () => {
		server.kill('SIGTERM');
		await server.ended;
	};
	return {
		instance,
		editor: await Editor.open(instance.url),
		/** What n8n has written since it was last started. */
		output: () => server.output(),
		/** Ends n8n and starts it again, after whatever is done in between. */
		async restart(between?: () => Promise<void>): Promise<void> {
			await end();
			await between?.();
			server = await instance.start();
		},
		async stop(): Promise<void> {
			await end();
			instance.remove();
		},
	};
}
