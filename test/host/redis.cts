import { join } from 'node:path';
import { startServer } from './command.cts';
import type { RunningCommand } from './command.cts';
import { folderWith, serverHome } from './local-server.cts';
import type { ServerHome } from './local-server.cts';
import { freePorts } from './ports.cts';

/** A Redis of its own: in a temporary folder, on a free port, only for this machine. */
export class Redis {
	private constructor(
		private readonly home: ServerHome,
		private readonly port: number,
		private readonly server: RunningCommand,
	) {}

	static async start(): Promise<Redis> {
		const program = join(folderWith(['redis-server'], 'redis-server'), 'redis-server');
		const home = serverHome();
		const [port = 0] = await freePorts(1);
		const server = await startServer(
			home.command(
				'Starting Redis',
				program,
				...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
			),
			'Ready to accept connections',
			60,
		);
		return new Redis(home, port, server);
	}

	/** How n8n finds it. */
	get environment(): NodeJS.ProcessEnv {
		return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(this.port) };
	}

	async stop(): Promise<void> {
		this.server.kill('SIGTERM');
		await this.server.ended;
		this.home.remove();
	}
}
