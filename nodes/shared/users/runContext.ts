import type { Api } from '../http/client';

/** What one item works with: the API of the service, and what the whole run shares. */
export interface Session extends RunState {
	api: Api;
}

/** What the items of a run share. */
export interface RunState {
	/**
	 * Loads something that is the same for all items of the run, once. What could not be loaded is
	 * tried again by the next item that asks.
	 */
	once<T>(key: string, load: () => Promise<T>): Promise<T>;
	/** Works on an account when all that was begun on the same account before is over. */
	inTurn<T>(account: string, work: () => Promise<T>): Promise<T>;
}

/** The shared state of a new run. */
export function createRunState(): RunState {
	const loading = new Map<string, Promise<unknown>>();
	const working = new Map<string, Promise<unknown>>();

	return {
		async once<T>(key: string, load: () => Promise<T>): Promise<T> {
			const known = loading.get(key) as Promise<T> | undefined;
			if (known) return await known;
			const started = load();
			loading.set(key, started);
			started.catch(() => loading.delete(key));
			return await started;
		},

		async inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
			const before = working.get(account);
			const mine = before === undefined ? work() : before.then(work);
			// The one behind waits for the end, not for the result.
			const end = mine.then(
				() => undefined,
				() => undefined,
			);
			working.set(account, end);
			return await mine;
		},
	};
}
