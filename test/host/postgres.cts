import { join } from 'node:path';
import { runCommand, startServer } from './command.cts';
import type { RunningCommand } from './command.cts';
import { folderWith, serverHome } from './local-server.cts';
import type { ServerHome } from './local-server.cts';
import { freePorts } from './ports.cts';

const USER = 'n8n';
const DATABASE = 'postgres';

/** A PostgreSQL of its own: in a temporary folder, on a free port, only for this machine. */
export class Postgres {
	private constructor(
		private readonly programs: string,
		private readonly home: ServerHome,
		private readonly port: number,
		private readonly server: RunningCommand,
	) {}

	static async start(): Promise<Postgres> {
		const programs = folderWith(['initdb', 'postgres', 'psql'], 'postgresql');
		const home = serverHome();
		const data = join(home.folder, 'data');
		await runCommand(
			home.command(
				'Creating a database',
				join(programs, 'initdb'),
				...['--pgdata', data, '--username', USER, '--auth', 'trust'],
				...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
			),
		);
		const [port = 0] = await freePorts(1);
		const server = await startServer(
			home.command(
				'Starting PostgreSQL',
				join(programs, 'postgres'),
				...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
				// Nothing of it has to last, and nothing of it may be left when it is killed.
				...['-c', 'fsync=off', '-c', 'dynamic_shared_memory_type=mmap'],
			),
			'ready to accept connections',
			60,
		);
		return new Postgres(programs, home, port, server);
	}

	/** How n8n finds it. */
	get environment(): NodeJS.ProcessEnv {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_DATABASE: DATABASE,
		};
	}

	/** The rows that a query selects, with their columns by name. */
	async rows(query: string): Promise<unknown[]> {
		const output = await runCommand(
			this.home.command(
				'Asking the database',
				join(this.programs, 'psql'),
				...['--no-psqlrc', '--tuples-only', '--no-align'],
				...['--host', '127.0.0.1', '--port', String(this.port), '--username', USER],
				...['--command', `SELECT coalesce(json_agg(r), '[]') FROM (${query}) r`, DATABASE],
			),
		);
		return JSON.parse(output) as unknown[];
	}

	async stop(): Promise<void> {
		this.server.kill('SIGINT');
		await this.server.ended;
		this.home.remove();
	}
}
