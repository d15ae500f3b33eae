import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A package as n8n reads it from N8N_COMMUNITY_PACKAGES: n8n 2.21 and newer. */
export interface CommunityPackage {
	readonly name: string;
	readonly version: string;
	/** The `dist.integrity` that npm's registry has once exactly this tarball is published. */
	readonly checksum: string;
}

/** @param tarball path of the packed package */
export function communityPackage(tarball: string): CommunityPackage {
	const manifest = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
		encoding: 'utf8',
	});
	const { name, version } = JSON.parse(manifest) as CommunityPackage;
	const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64');
	return { name, version, checksum: `sha512-${hash}` };
}
