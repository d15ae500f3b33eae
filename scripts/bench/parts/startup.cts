import { statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/host/cleanup.cts';
import { runCommand } from '../../../test/host/command.cts';
import { medianOf } from '../turns.cts';
import type { Bench, PartReport } from '../turns.cts';

/** What the package costs whoever does not use it yet: time at n8n's start, and bytes. */
export async function startup({ host, tarball }: Bench, rounds: number): Promise<PartReport> {
	const { folder } = temporaryFolder();
	await runCommand({
		what: 'Unpacking the package',
		file: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		cwd: folder,
	});
	const load = {
		what: 'Loading the package',
		file: host.node,
		args: [join(__dirname, '../load.mjs'), folder],
		cwd: folder,
		env: { ...process.env, NODE_PATH: host.modules },
	};
	const loads: string[] = [];
	while (loads.length < Math.max(5, rounds)) loads.push(await runCommand(load));
	return {
		figures: { loadMs: medianOf(loads, Number), tarballBytes: statSync(tarball).size },
		atMost: { loadMs: 25, tarballBytes: 90_000 },
	};
}
