import { Editor } from './editor.cts';
import { installHost } from './install.cts';
import { Instance } from './instance.cts';

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
 * @param settings environment variables of n8n beside the usual ones
 */
export async function serve(
	tarball: string,
	settings: Readonly<Record<string, string>> = {},
): Promise<Served> {
	const instance = await Instance.create(await installHost(), settings);
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
