/** How many requests a service takes, and how it counts them. */
export type RateLimit =
	/** A bucket of so many that is refilled evenly. */
	| { readonly kind: 'bucket'; readonly size: number; readonly perSecond: number }
	/** So many in each window of time; the next window begins anew. */
	| { readonly kind: 'window'; readonly size: number; readonly ms: number };

/** Lets a request pass, or says how many milliseconds are left until the next one may. */
export type Limiter = (now: number) => number | undefined;

/** @param start the moment at which the bucket is full, or the first window begins */
export function createLimiter(limit: RateLimit, start: number): Limiter {
	return limit.kind === 'bucket' ? bucket(limit, start) : fixedWindow(limit, start);
}

function bucket({ size, perSecond }: RateLimit & { kind: 'bucket' }, start: number): Limiter {
	let left = size;
	let filledAt = start;
	return (now) => {
		left = Math.min(size, left + ((now - filledAt) / 1000) * perSecond);
		filledAt = now;
		if (left < 1) return ((1 - left) / perSecond) * 1000;
		left -= 1;
		return undefined;
	};
}

function fixedWindow({ size, ms }: RateLimit & { kind: 'window' }, start: number): Limiter {
	let begin = start;
	let used = 0;
	return (now) => {
		if (now - begin >= ms) {
			begin = now - ((now - begin) % ms);
			used = 0;
		}
		if (used >= size) return begin + ms - now;
		used += 1;
		return undefined;
	};
}
