import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { name as packageName } from '../../../package.json';
import { selfSigned } from '../../harness/selfSigned.cts';
import type { Host } from '../../host/install.cts';
import { startProxy, startServer } from '../servers.cts';

export type Registry = Awaited<ReturnType<typeof startRegistry>>;

/**
 * n8n's npm registry, on this machine and with one package. n8n takes another address than its own
 * only with a licence: so a proxy leads that one here. The certificate and npm's cache are in `folder`.
 */
export async function startRegistry(host: Host, folder: string) {
	const { origin, hostname } = addressOf(host);
	const versions: Record<string, object> = {};
	const tarballs = new Map<string, Buffer>();

	const certificate = selfSigned(hostname);
	const authority = join(folder, 'authority.pem');
	writeFileSync(authority, certificate.cert);
	const server = await startServer(({ url = '' }, response) => {
		const [, name, version] = url.split('/');
		const latest = Object.keys(versions).at(-1);
		const all = { name, 'dist-tags': { latest }, versions };
		const document = name === packageName && (version ? versions[version] : all);
		const body = tarballs.get(url) ?? JSON.stringify(document || {});
		response.writeHead(document || tarballs.has(url) ? 200 : 404).end(body);
	}, certificate);
	const proxy = await startProxy({ [`${hostname}:443`]: server.port });

	return {
		/** What makes n8n and its npm find it, and nothing else outside this machine. */
		environment: {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NO_PROXY: '127.0.0.1',
			NODE_EXTRA_CA_CERTS: authority,
			npm_config_cafile: authority,
			// The cache of whoever runs this knows nothing of such a registry, and need not.
			npm_config_cache: join(folder, 'cache'),
		},
		/** Offers one more version, from then on the latest. */
		publish(tarball: string): void {
			const content = readFileSync(tarball);
			const path = `/-/${basename(tarball)}`;
			const json = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
				encoding: 'utf8',
			});
			const manifest = JSON.parse(json) as { version: string };
			const hash = createHash('sha512').update(content).digest('base64');
			const dist = { tarball: origin + path, integrity: `sha512-${hash}` };
			versions[manifest.version] = { ...manifest, dist };
			tarballs.set(path, content);
		},
		async close(): Promise<void> {
			await proxy.close();
			await server.close();
		},
	};
}

/** The address that n8n asks, by its own code. */
function addressOf({ modules }: Host): URL {
	const folder = join(modules, 'n8n/dist/modules/community-packages');
	const code = readFileSync(join(folder, 'community-packages.config.js'), 'utf8');
	return new URL(/registry = '(.*)'/.exec(code)?.[1] ?? '');
}
