import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './cleanup.cts';
import { runCommand, startServer, type Command } from './command.cts';
import { freePorts } from './ports.cts';
import { Problem } from './problem.cts';

/** A server of queue mode: in a temporary folder, on a free port, only for this machine. */
export interface QueueServer {
	/** How n8n finds it. */
	readonly environment: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

export async function startRedis(): Promise<QueueServer> {
	const home = serverHome(['redis-server'], 'redis-server');
	const [port = 0] = await freePorts(1);
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const server = home.command('redis-server', ...args);
	return {
		environment: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		stop: await home.start(server, 'Ready to accept connections', 'SIGTERM'),
	};
}

export async function startPostgres(): Promise<QueueServer> {
	const home = serverHome(['initdb', 'postgres'], 'postgresql');
	const data = join(home.folder, 'data');
	await runCommand(
		home.command(
			'initdb',
			...['--pgdata', data, '--username', 'n8n', '--auth', 'trust'],
			...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
		),
	);
	const [port = 0] = await freePorts(1);
	const server = home.command(
		'postgres',
		...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
		// Nothing of it has to last, and nothing of it may be left when it is killed.
		...['-c', 'fsync=off', '-c', 'dynamic_shared_memory_type=mmap'],
	);
	return {
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		stop: await home.start(server, 'ready to accept connections', 'SIGINT'),
	};
}

/** An empty temporary folder that belongs to whom a server may run as, and what runs there. */
function serverHome(programs: readonly string[], packageName: string) {
	const programFolder = folderWith(programs, packageName);
	const { uid, gid } = serverUser();
	const { folder, remove } = temporaryFolder();
	chownSync(folder, uid, gid);
	return {
		folder,
		/** One of the programs. It does not outlive this process, even if this one is killed. */
		command(program: string, ...args: string[]): Command {
			const runAs = [join(__dirname, 'run-as.mjs'), String(uid), String(gid)];
			return {
				what: `Starting ${program}`,
				file: process.execPath,
				args: [
					'--require',
					join(__dirname, 'guard.cjs'),
					...runAs,
					join(programFolder, program),
					...args,
				],
				cwd: folder,
				guarded: true,
			};
		},
		/** Starts a server, and gives what ends it. */
		async start(command: Command, ready: string, end: NodeJS.Signals) {
			const server = await startServer(command, ready, 60);
			return async () => {
				server.kill(end);
				await server.ended;
				remove();
			};
		},
	};
}

/** The folder that has all these programs: of the newest PostgreSQL of Debian, or on the PATH. */
function folderWith(programs: readonly string[], packageName: string): string {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian) : [];
	const folder = [
		...versions
			.sort((a, b) => Number(b) - Number(a))
			.map((version) => join(debian, version, 'bin')),
		...(process.env['PATH'] ?? '').split(delimiter),
	].find((candidate) => programs.every((program) => existsSync(join(candidate, program))));
	if (folder === undefined) {
		throw new Problem(
			`The tests of queue mode need ${programs.join(', ')}, which this machine does not have.\n` +
				`On Debian and Ubuntu: sudo apt-get install ${packageName}`,
		);
	}
	return folder;
}

/** PostgreSQL refuses to run as root: then as the user that its Debian package brings. */
function serverUser(): { uid: number; gid: number } {
	const [uid, gid] = [process.getuid?.(), process.getgid?.()];
	if (uid === undefined || gid === undefined) {
		throw new Problem('Queue mode is tested on Linux and macOS only.');
	}
	if (uid !== 0) return { uid, gid };
	const user = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
	return { uid: Number(user?.[1]), gid: Number(user?.[2]) };
}
