/** A bucket of so many requests that is refilled evenly. */
export interface RateLimit {
	readonly size: number;
	readonly perSecond: number;
}

/** Lets a request pass, or says how many milliseconds are left until the next one may. */
export type Limiter = (now: number) => number | undefined;

/** @param start the moment at which the bucket is full */
export function createLimiter({ size, perSecond }: RateLimit, start: number): Limiter {
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
