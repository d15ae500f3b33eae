import { sleep } from 'n8n-workflow';

import { adaptiveConcurrency } from '../../../../nodes/shared/http/concurrency';
import { createLimiter } from '../../../../nodes/shared/http/limiter';
import { withRetry, type Attempt } from '../../../../nodes/shared/http/retry';
import { createThrottle } from '../../../../nodes/shared/http/throttle';
import { Failure } from '../../../../nodes/shared/model/failure';
import { inFakeTime } from '../../fakeTime.cts';

/** Says of a moment whether a request may pass; if not, how many seconds to wait. */
type Limiter = (time: number) => number | undefined;

function bucket(perSecond: number, size: number): Limiter {
	let left = size;
	let filledAt = 0;
	return (time) => {
		left = Math.min(size, left + ((time - filledAt) / 1000) * perSecond);
		filledAt = time;
		if (left < 1) return Math.ceil((1 - left) / perSecond);
		left -= 1;
		return undefined;
	};
}

function fixedWindow(count: number, length: number): Limiter {
	let window = -1;
	let used = 0;
	return (time) => {
		const current = Math.floor(time / length);
		if (current !== window) used = 0;
		window = current;
		used += 1;
		return used <= count ? undefined : Math.ceil(((current + 1) * length - time) / 1000);
	};
}

/** A run of so many requests, 20 ms each. `worst`: the most refusals of one of them. */
async function course(limiter: Limiter, count: number, says = true) {
	return await inFakeTime(async () => {
		const throttle = createThrottle(undefined, createLimiter(adaptiveConcurrency()));
		const policy = { maxRetries: 20, timeout: 1000 };
		const since = Date.now();
		let [left, refusals, worst] = [count, 0, 0];
		const request = async () => {
			let refused = -1;
			const send = async (): Promise<Attempt<string>> => {
				worst = Math.max(worst, ++refused);
				await sleep(10);
				const pause = limiter(Date.now() - since);
				await sleep(10);
				if (pause === undefined) return { result: 'done' };
				refusals++;
				return { failure: LIMITED, retry: { after: says ? pause * 1000 : undefined } };
			};
			await withRetry({ send, kind: 'read' }, policy, throttle, undefined);
		};
		const work = async () => {
			while (left-- > 0) await request();
		};
		await Promise.all(Array.from({ length: 50 }, work));
		return { seconds: (Date.now() - since) / 1000, refusals, worst };
	});
}

const LIMITED = new Failure('rateLimited');

describe('a service with a limit', () => {
	it('is asked as fast as it answers while it refuses nothing', async () => {
		const { seconds, refusals } = await course(() => undefined, 500);
		expect(refusals).toBe(0);
		expect(seconds).toBeLessThan(0.5);
	});

	it.each<[string, Limiter, number]>([
		['a bucket of 50, 50 a second', bucket(50, 50), 19],
		['windows of a second, 50 each', fixedWindow(50, 1000), 19],
		['a bucket of 10, 50 a second', bucket(50, 10), 20],
		['windows of a minute, 100 each (Aitronos)', fixedWindow(100, 60_000), 540],
	])('is used well: %s', async (_, limiter, ideal) => {
		const { seconds, refusals, worst } = await course(limiter, 1000);
		expect(seconds / ideal).toBeLessThan(1.45);
		expect(refusals).toBeLessThan(60);
		// Far from the number of retries that a request has.
		expect(worst).toBeLessThan(4);
	});

	it('is used well although it does not say how long to wait', async () => {
		const { seconds, worst } = await course(fixedWindow(100, 60_000), 1000, false);
		expect(seconds / 540).toBeLessThan(2);
		expect(worst).toBeLessThan(5);
	});
});

describe('a pause', () => {
	type Step = readonly [kind: 'limited' | 'pause', asked: number];
	const refused = (asked: number): Step => ['limited', asked];
	const pause = (asked: number): Step => ['pause', asked];

	it.each<[string, steps: Step[], milliseconds: number]>([
		['holds up every request of the run', [refused(3000)], 3000],
		['for another reason is obeyed, too', [pause(2000)], 2000],
		['may last five minutes', [pause(300_000)], 300_000],
		['is the longest of several', [refused(1000), refused(2000), refused(1000)], 2000],
		['is not ended early by another kind', [pause(3000), refused(1000)], 3000],
		['is not ended early by the same kind', [pause(3000), pause(1000)], 3000],
		['can begin twice in the same moment', [pause(1000), refused(1000)], 1000],
	])('%s', async (_, steps, milliseconds) => {
		const times = await inFakeTime(async () => {
			const throttle = createThrottle(undefined);
			const since = Date.now();
			for (const [kind, asked] of steps) {
				if (kind === 'pause') throttle.pause(asked);
				else throttle.limited(since, asked);
			}
			const passed = async () => {
				await throttle.acquire();
				return Date.now() - since;
			};
			return await Promise.all([passed(), passed(), passed()]);
		});
		expect(times[0]).toBe(milliseconds);
		// A refusal spaces those that follow; a pause for another reason does not.
		expect(times[2]).toBeLessThan(milliseconds + 5000);
	});

	it('for another reason makes nothing slower afterwards', async () => {
		const took = await inFakeTime(async () => {
			const throttle = createThrottle(undefined);
			const since = Date.now();
			throttle.pause(2000);
			for (let request = 0; request < 100; request++) {
				await throttle.acquire();
				throttle.limiter.release();
			}
			return Date.now() - since;
		});
		expect(took).toBe(2000);
	});

	it('doubles with each refusal where the service does not say how long', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const pauses = await inFakeTime(async () => {
			const throttle = createThrottle(undefined);
			const all: number[] = [];
			for (let refusal = 0; refusal < 4; refusal++) {
				await throttle.acquire();
				await sleep(1);
				const since = Date.now();
				throttle.limited(since, undefined);
				await throttle.acquire();
				all.push(Date.now() - since);
			}
			return all;
		});
		expect(pauses).toEqual([2000, 4000, 8000, 16_000]);
	});

	it('is not waited for if it is longer', async () => {
		const throttle = createThrottle(undefined);
		throttle.pause(301_000);
		await expect(throttle.acquire()).rejects.toMatchObject({
			reason: 'rateLimited',
			facts: { summary: 'The service asks to wait 301 seconds' },
		});
	});

	it('ends when the execution is canceled, and no request follows', async () => {
		const execution = new AbortController();
		const throttle = createThrottle(execution.signal);
		throttle.pause(60_000);
		const requests = [throttle.acquire(), throttle.acquire()];
		execution.abort();
		for (const request of [...requests, throttle.acquire()]) {
			await expect(request).rejects.toMatchObject({ reason: 'canceled' });
		}
	});
});
