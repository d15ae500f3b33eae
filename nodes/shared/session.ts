import type { Api } from './request';

/** What one item works with: the API of the service, and what the whole run shares. */
export interface Session {
	api: Api;
	/**
	 * Loads something that is the same for all items of the run, once. What could not be loaded is
	 * tried again by the next item that asks.
	 */
	once<T>(key: string, load: () => Promise<T>): Promise<T>;
}

/** The `once` of a run. */
export function createMemo(): Session['once'] {
	const loading = new Map<string, Promise<unknown>>();
	return async <T>(key: string, load: () => Promise<T>): Promise<T> => {
		const known = loading.get(key) as Promise<T> | undefined;
		if (known) return await known;
		const started = load();
		loading.set(key, started);
		started.catch(() => loading.delete(key));
		return await started;
	};
}
