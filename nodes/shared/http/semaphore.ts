/** Lets only so many at a time do something, in the order in which they ask. */
export interface Semaphore {
	/** How many hold a place. */
	held(): number;
	/** Resolves when there is a place; whoever gets one must release it. */
	acquire(): Promise<void>;
	/** Gives a place back. */
	release(): void;
	/** Takes a place even if there is none. */
	take(): void;
	/** To be called when there may be more places than before. */
	admit(): void;
}

/** @param places how many there are; it may change */
export function createSemaphore(places: () => number): Semaphore {
	let held = 0;
	const waiting: Array<() => void> = [];

	const admit = () => {
		while (waiting.length > 0 && held < places()) {
			held++;
			waiting.shift()?.();
		}
	};
	return {
		held: () => held,
		async acquire() {
			if (waiting.length === 0 && held < places()) held++;
			else await new Promise<void>((resolve) => waiting.push(resolve));
		},
		release() {
			held--;
			admit();
		},
		take() {
			held++;
		},
		admit,
	};
}
