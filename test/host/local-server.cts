import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './cleanup.cts';
import type { Command } from './command.cts';
import { Problem } from './problem.cts';

/** Where Debian keeps the programs of PostgreSQL that are not on the PATH, by version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Where one server lives. */
export interface ServerHome {
	readonly folder: string;
	readonly remove: () => void;
	/** A program that runs there. It does not outlive this process, even if this one is killed. */
	command(what: string, file: string, ...args: string[]): Command;
}

/** An empty temporary folder that belongs to whom a server may run as. */
export function serverHome(): ServerHome {
	const { uid, gid } = serverUser();
	const { folder, remove } = temporaryFolder();
	chownSync(folder, uid, gid);
	return {
		folder,
		remove,
		command: (what, file, ...args) => ({
			what,
			file: process.execPath,
			args: [
				'--require',
				join(__dirname, 'guard.cjs'),
				join(__dirname, 'run-as.mjs'),
				String(uid),
				String(gid),
				file,
				...args,
			],
			cwd: folder,
			guarded: true,
		}),
	};
}

/**
 * The folder that has all these programs, of the newest version that Debian keeps or on the PATH.
 * @param packageName what to install if there is none
 */
export function folderWith(programs: readonly string[], packageName: string): string {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const folder = [
		...versions
			.sort((a, b) => Number(b) - Number(a))
			.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
		...(process.env['PATH'] ?? '').split(delimiter),
	].find((candidate) => programs.every((program) => existsSync(join(candidate, program))));
	if (folder === undefined) throw missing(programs.join(', '), packageName);
	return folder;
}

/** PostgreSQL refuses to run as root: then as the user that its Debian package brings. */
function serverUser(): { uid: number; gid: number } {
	const uid = process.getuid?.();
	const gid = process.getgid?.();
	if (uid === undefined || gid === undefined) {
		throw new Problem('Queue mode is tested on Linux and macOS only.');
	}
	if (uid !== 0) return { uid, gid };
	const user = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
	if (user === null) throw missing('the user postgres', 'postgresql');
	return { uid: Number(user[1]), gid: Number(user[2]) };
}

function missing(what: string, packageName: string): Problem {
	return new Problem(
		`The tests of queue mode need ${what}, which this machine does not have.\n` +
			`On Debian and Ubuntu: sudo apt-get install ${packageName}`,
	);
}
