import type { Client } from '../http/client';
import type { Ledger } from './guards';

/** What one item works with: the client of the service, and what the whole run shares. */
export interface RunContext extends SharedRun {
	client: Client;
	/**
	 * The result of a function that is the same for all items of the run: called once. What could not
	 * be loaded is tried again by the next item that asks.
	 */
	once<T>(load: (client: Client) => Promise<T>): Promise<T>;
}

/** What the items of a run share. */
interface SharedRun {
	/** Works on an account when everything begun on the same account before is over. */
	withLock<T>(account: string, work: () => Promise<T>): Promise<T>;
	/** The accounts that count towards the safety limit. */
	ledger: Ledger;
	/**
	 * Tells apart the accounts of two credentials. Undefined where people are counted, who are the same
	 * at every service.
	 */
	tenant: string | undefined;
}

/** The shared state of a new run; each item adds its own client, since options may differ by item. */
export function createRun(
	ledger: Ledger,
	tenant: string | undefined,
): (client: Client) => RunContext {
	const loading = new Map<unknown, Promise<unknown>>();
	const working = new Map<string, Promise<unknown>>();

	async function once<T>(load: (client: Client) => Promise<T>, client: Client): Promise<T> {
		const known = loading.get(load) as Promise<T> | undefined;
		if (known) return await known;
		const started = load(client);
		loading.set(load, started);
		started.catch(() => loading.delete(load));
		return await started;
	}

	async function withLock<T>(account: string, work: () => Promise<T>): Promise<T> {
		const before = working.get(account);
		const mine = before === undefined ? work() : before.then(work);
		// The one behind waits for the end, not for the result.
		const end = mine
			.catch(() => undefined)
			.then(() => {
				if (working.get(account) === end) working.delete(account);
			});
		working.set(account, end);
		return await mine;
	}

	return (client) => ({
		client,
		ledger,
		tenant,
		withLock,
		once: async (load) => await once(load, client),
	});
}
