/** Rounds of promises without a timer: far more than anything needs that still goes on. */
const PATIENCE = 1000;

/** Waits in one go: far more than anything has that ends. */
const MAX_WAITS = 20_000;

/**
 * Runs something in jest's fake time until it is settled: every wait ends at once, and `Date` tells
 * how long it would have taken.
 */
export async function inFakeTime<T>(begin: () => Promise<T>): Promise<T> {
	// Promises go on in real time: only what waits on the clock is to be hurried along.
	jest.useFakeTimers({ doNotFake: ['nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
	try {
		let isSettled = false;
		const running = begin().finally(() => {
			isSettled = true;
		});
		running.catch(() => undefined);
		let idle = 0;
		for (let waits = 0; !isSettled; waits++) {
			if (idle > PATIENCE) throw new Error('waits for something that never comes');
			if (waits > MAX_WAITS) throw new Error('waits again and again');
			await jest.advanceTimersToNextTimerAsync();
			idle = jest.getTimerCount() === 0 ? idle + 1 : 0;
		}
		return await running;
	} finally {
		jest.useRealTimers();
	}
}
