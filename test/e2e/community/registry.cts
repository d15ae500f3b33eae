import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { selfSigned } from '../../harness/selfSigned.cts';
import type { Host } from '../../host/install.cts';
import { startFront, startProxy } from '../network/servers.cts';

/** n8n's npm registry, which is on this machine and has one package. */
export interface Registry {
	/** What makes n8n and its npm find it, and nothing else outside this machine. */
	readonly environment: Readonly<Record<string, string>>;
	/** Offers one more version, from then on the latest. */
	publish(tarball: string): void;
	close(): Promise<void>;
}

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly [key: string]: unknown;
}

/**
 * What n8n and npm ask a registry for: all versions of a package, one of them, and its tarball. n8n
 * takes another address than its own only with a licence: so a proxy leads that one here.
 *
 * @param folder for the certificate and npm's cache
 */
export async function startRegistry(host: Host, folder: string): Promise<Registry> {
	const { origin, hostname } = addressOf(host);
	const versions = new Map<string, Manifest>();
	const tarballs = new Map<string, Buffer>();
	let latest: Manifest | undefined;

	const server = createServer(({ url = '' }, response) => {
		const tarball = tarballs.get(url);
		if (tarball) {
			response.end(tarball);
			return;
		}
		const [, name, version] = url.split('/');
		const tags = { latest: latest?.version };
		const document = version
			? versions.get(version)
			: { name, 'dist-tags': tags, versions: Object.fromEntries(versions) };
		const isKnown = name === latest?.name && document !== undefined;
		response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(isKnown ? document : {}));
	});
	await new Promise<void>((listening) => {
		server.listen(0, '127.0.0.1', listening);
	});
	const certificate = selfSigned(hostname);
	const authority = join(folder, 'authority.pem');
	writeFileSync(authority, certificate.cert);
	const front = await startFront((server.address() as AddressInfo).port, certificate);
	const proxy = await startProxy({ [`${hostname}:443`]: front.port });

	return {
		environment: {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NO_PROXY: '127.0.0.1',
			NODE_EXTRA_CA_CERTS: authority,
			npm_config_cafile: authority,
			// The cache of whoever runs this knows nothing of such a registry, and need not.
			npm_config_cache: join(folder, 'cache'),
		},
		publish(tarball) {
			const content = readFileSync(tarball);
			const path = `/-/${basename(tarball)}`;
			const manifest = readManifest(tarball);
			tarballs.set(path, content);
			latest = {
				...manifest,
				dist: {
					tarball: origin + path,
					integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
				},
			};
			versions.set(latest.version, latest);
		},
		async close() {
			await proxy.close();
			await front.close();
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

/** The address that n8n asks, by its own code. */
function addressOf({ modules }: Host): URL {
	const folder = join(modules, 'n8n/dist/modules/community-packages');
	const code = readFileSync(join(folder, 'community-packages.config.js'), 'utf8');
	return new URL(/registry = '(.*)'/.exec(code)?.[1] ?? '');
}

function readManifest(tarball: string): Manifest {
	const json = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
		encoding: 'utf8',
	});
	return JSON.parse(json) as Manifest;
}
