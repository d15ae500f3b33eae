import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { runCommand } from '../../host/command.cts';

/** An npm registry on this machine that has one package. */
export interface Registry {
	readonly url: string;
	/** Offers one more version, from then on the latest. */
	publish(tarball: string): Promise<void>;
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
			sendJson(response, 200, {
				name: latest.name,
				'dist-tags': { latest: latest.version },
				versions: Object.fromEntries(versions),
			});
		} else sendJson(response, 404, { error: 'not found' });
	});
	await new Promise<void>((listening) => {
		server.listen(0, '127.0.0.1', listening);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url,
		async publish(tarball) {
			const content = readFileSync(tarball);
			const path = `/-/${basename(tarball)}`;
			const manifest = await readManifest(tarball);
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

function sendJson(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

async function readManifest(tarball: string): Promise<Manifest> {
	const json = await runCommand({
		what: 'Reading the package',
		file: 'tar',
		args: ['-xzOf', tarball, 'package/package.json'],
		cwd: __dirname,
	});
	return JSON.parse(json) as Manifest;
}
