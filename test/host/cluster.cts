import type { RunningCommand } from './command.cts';
import type { Host } from './install.cts';
import { Instance, type Role } from './instance.cts';
import { startPostgres, startRedis, type QueueServer } from './queueServers.cts';

/**
 * n8n in queue mode: instances that share a database, a queue and an encryption key, and nothing
 * else. Each has a folder of its own, as it would have in a container.
 */
export class Cluster {
	private readonly instances: Instance[] = [];
	private readonly running: RunningCommand[] = [];

	private constructor(
		private readonly host: Host,
		private readonly servers: readonly QueueServer[],
	) {}

	static async create(host: Host): Promise<Cluster> {
		return new Cluster(host, [await startRedis(), await startPostgres()]);
	}

	/** One more instance, not yet started, with environment variables besides the usual ones. */
	async join(settings: NodeJS.ProcessEnv = {}): Promise<Instance> {
		const environments = this.servers.flatMap(({ environment }) => Object.entries(environment));
		const instance = await Instance.create(this.host, {
			...Object.fromEntries(environments),
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: 'the same for all of them',
			// Else a job may be forgotten before n8n asks what became of it, and then it asks for ever: the
			// caller of the webhook gets no answer (https://github.com/OptimalBits/bull/issues/1371).
			N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
			N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
			// A killed worker's executions are given up after seconds. n8n's own values take two minutes.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
			...settings,
		});
		this.instances.push(instance);
		return instance;
	}

	/** Starts one of the instances. It is ended with the cluster, if not before. */
	async start(instance: Instance, role: Role): Promise<RunningCommand> {
		const server = await instance.start(role);
		this.running.push(server);
		return server;
	}

	/** Ends everything and removes what is left of it. */
	async remove(): Promise<void> {
		for (const server of this.running) server.kill('SIGKILL');
		await Promise.all(this.running.map(({ ended }) => ended));
		await Promise.all(this.servers.map(async (server) => await server.stop()));
		for (const { remove } of this.instances) remove();
	}
}
