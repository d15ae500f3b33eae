import { installHost } from '../host/install.cts';

/** Installs the n8n whose engine the tests then run in. */
export default async function installOldest(): Promise<void> {
	await installHost('oldest');
}
