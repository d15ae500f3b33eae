import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

/** An npm registry on this machine that has one package. */
export interface Registry {
	readonly url: string;
	/** Offers one more version, from then on the latest. */
	publish(tarball: string): void;
	close(): Promise<void>;
}

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly [key: string]: unknown;
}

/** What npm asks a registry for: all versions of a package, and the tarball of one. */
export async function startRegistry(): Promise<Registry> {
	const versions = new Map<string, Manifest>();
	const tarballs = new Map<string, Buffer>();
	let latest: Manifest | undefined;

	const server = createServer(({ url = '' }, response) => {
		const tarball = tarballs.get(url);
		if (tarball) response.end(tarball);
		else if (latest && url === `/${latest.name}`) {
			const { name } = latest;
			const tags = { latest: latest.version };
			const document = { name, 'dist-tags': tags, versions: Object.fromEntries(versions) };
			response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
		} else response.writeHead(404).end('{}');
	});
	await new Promise<void>((listening) => {
		server.listen(0, '127.0.0.1', listening);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url,
		publish(tarball) {
			const content = readFileSync(tarball);
			const path = `/-/${basename(tarball)}`;
			const manifest = readManifest(tarball);
			tarballs.set(path, content);
			latest = {
				...manifest,
				dist: {
					tarball: url + path,
					integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
				},
			};
			versions.set(latest.version, latest);
		},
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function readManifest(tarball: string): Manifest {
	const json = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
		encoding: 'utf8',
	});
	return JSON.parse(json) as Manifest;
}
