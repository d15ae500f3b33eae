/**
 * Runs something in jest's fake time until it is settled: every wait ends at once, and `Date` tells
 * how long it would have taken.
 */
export async function inFakeTime<T>(begin: () => Promise<T>): Promise<T> {
	// Promises go on in real time: only what waits on the clock is to be hurried along.
	jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
	try {
		let isSettled = false;
		const running = begin().finally(() => {
			isSettled = true;
		});
		running.catch(() => undefined);
		while (!isSettled) await jest.advanceTimersToNextTimerAsync();
		return await running;
	} finally {
		jest.useRealTimers();
	}
}
