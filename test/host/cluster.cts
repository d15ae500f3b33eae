import type { Host } from './install.cts';
import { Instance } from './instance.cts';
import { Postgres } from './postgres.cts';
import { Redis } from './redis.cts';

/** An execution as the database has it. */
export interface StoredExecution {
	readonly id: number;
	readonly status: string;
	/** What made it fail, with everything else that n8n keeps of it. */
	readonly data: string;
}

/**
 * n8n in queue mode: instances that share a PostgreSQL, a Redis and an encryption key, and nothing
 * else. Each has a folder of its own, as it would have in a container.
 */
export class Cluster {
	private readonly instances: Instance[] = [];

	private constructor(
		private readonly host: Host,
		private readonly postgres: Postgres,
		private readonly redis: Redis,
	) {}

	static async create(host: Host): Promise<Cluster> {
		const postgres = await Postgres.start();
		return new Cluster(host, postgres, await Redis.start());
	}

	/** One more instance, not yet started. */
	async join(): Promise<Instance> {
		const instance = await Instance.create(this.host, {
			...this.postgres.environment,
			...this.redis.environment,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: 'the same for all of them',
			// A killed worker's executions are given up after these, and not after a minute and a half.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
		});
		this.instances.push(instance);
		return instance;
	}

	/** In the order in which they were started. */
	async executions(): Promise<StoredExecution[]> {
		return (await this.postgres.rows(
			'SELECT id, status, data FROM execution_entity' +
				' JOIN execution_data ON "executionId" = id ORDER BY id',
		)) as StoredExecution[];
	}

	/** Ends the database and the queue and removes all that is left. The instances must be ended. */
	async remove(): Promise<void> {
		await Promise.all([this.postgres.stop(), this.redis.stop()]);
		for (const { remove } of this.instances) remove();
	}
}
