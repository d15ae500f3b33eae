import { statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/host/cleanup.cts';
import { runCommand } from '../../../test/host/command.cts';
import { atMost, count } from '../report.cts';
import type { PartReport } from '../report.cts';
import { median, rounded } from '../statistics.cts';
import type { Bench } from '../turns.cts';

const MOST_BYTES = 149_999;

/** What the package costs whoever does not use it yet: time at n8n's start, and bytes. */
export async function startup({ host, tarball }: Bench, rounds: number): Promise<PartReport> {
	const { folder } = temporaryFolder();
	await runCommand({
		what: 'Unpacking the package',
		file: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		cwd: folder,
	});
	const loads: number[] = [];
	for (let load = 0; load < Math.max(5, rounds); load++) {
		const printed = await runCommand({
			what: 'Loading the package',
			file: host.node,
			args: [join(__dirname, '../load.mjs'), folder],
			cwd: folder,
			env: { ...process.env, NODE_PATH: host.modules },
		});
		loads.push(rounded(Number(printed)));
	}

	const loadMs = median(loads);
	const tarballBytes = statSync(tarball).size;
	return {
		result: { loadMs, loadsMs: loads, tarballBytes },
		title: `Start: all nodes and credentials of the package loaded in a fresh process, median of ${loads.length}`,
		columns: ['Time', 'Tarball'],
		rows: [[`${loadMs.toFixed(0)} ms`, `${count(tarballBytes)} bytes`]],
		targets: [atMost('startup.tarballBytes', tarballBytes, MOST_BYTES)],
	};
}
