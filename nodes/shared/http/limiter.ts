import { fixedConcurrency, MAX_CONCURRENCY, type ConcurrencyLimit, type Span } from './concurrency';
import { createSemaphore, type Semaphore } from './semaphore';

/** What a run does at the same time at one service. All its connections share it. */
export interface Limiter {
	/** Items that are worked on. */
	readonly items: Semaphore;
	/** Resolves when another request may be under way; whoever gets a place must release it. */
	acquire(): Promise<void>;
	release(): void;
	/**
	 * A request was answered, whatever the answer.
	 *
	 * @param kind see `AnswerTime`
	 */
	answered(kind: string, request: Span): void;
	/** A request was refused because there were too many. */
	refused(request: Span): void;
	/** A request got no usable answer. */
	failed(request: Span): void;
	/** Waits while another item has the place of this one. */
	stepAside(wait: () => Promise<void>): Promise<void>;
}

/** Items that have given their place away, at most: each of them takes memory. */
const MAX_ASIDE = 200;

/** After so many failures in a row no further item is begun in the place of one that waits. */
const DOWN_AFTER = 10;

/** @param concurrency how many requests may be under way, and how many items worked on */
export function createLimiter(
	concurrency: ConcurrencyLimit = fixedConcurrency(MAX_CONCURRENCY),
): Limiter {
	const requests = createSemaphore(concurrency.current);
	const items = createSemaphore(concurrency.current);
	let aside = 0;
	let failedInARow = 0;

	return {
		items,
		acquire: requests.acquire,

		release() {
			requests.release();
			items.admit();
		},

		answered(kind, request) {
			failedInARow = 0;
			concurrency.answered({ kind, ...request, underWay: requests.held() });
		},

		refused: concurrency.refused,

		failed(request) {
			failedInARow++;
			concurrency.failed(request);
		},

		async stepAside(wait) {
			if (aside >= MAX_ASIDE || failedInARow >= DOWN_AFTER) {
				await wait();
				return;
			}
			aside++;
			items.release();
			try {
				await wait();
			} finally {
				items.take();
				aside--;
			}
		},
	};
}
