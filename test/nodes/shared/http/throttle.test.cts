import { sleep } from 'n8n-workflow';

import { createThrottle } from '../../../../nodes/shared/http/throttle';
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

interface Course {
	seconds: number;
	refusals: number;
	/** Most refusals of one request. */
	worst: number;
}

/** So many requests, ten at a time and 20 ms each, against a service that limits them. */
async function course(limiter: Limiter, count: number, says = true): Promise<Course> {
	return await inFakeTime(async () => {
		const pace = createThrottle(undefined);
		const since = Date.now();
		let left = count;
		let refusals = 0;
		let worst = 0;
		const work = async () => {
			while (left > 0) {
				left--;
				for (let refused = 0; ; refused++) {
					worst = Math.max(worst, refused);
					await pace.turn();
					const sentAt = Date.now();
					await sleep(10);
					const pause = limiter(Date.now() - since);
					await sleep(10);
					if (pause === undefined) break;
					refusals++;
					pace.limited(sentAt, says ? pause * 1000 : undefined);
				}
				pace.answered();
			}
		};
		await Promise.all(Array.from({ length: 10 }, work));
		return { seconds: (Date.now() - since) / 1000, refusals, worst };
	});
}

describe('a service with a limit', () => {
	it('is asked as fast as it answers, as long as it refuses nothing', async () => {
		const { seconds, refusals } = await course(() => undefined, 500);
		expect(refusals).toBe(0);
		expect(seconds).toBeCloseTo(1, 1);
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

	it.each<[string, Limiter, number]>([
		['a bucket of 50, 50 a second', bucket(50, 50), 19],
		['windows of a minute, 100 each', fixedWindow(100, 60_000), 540],
	])('is used well although it does not say how long to wait: %s', async (_, limiter, ideal) => {
		const { seconds, worst } = await course(limiter, 1000, false);
		expect(seconds / ideal).toBeLessThan(2);
		expect(worst).toBeLessThan(5);
	});
});

describe('a pause', () => {
	const elapsed = async (work: () => Promise<unknown>) =>
		await inFakeTime(async () => {
			const since = Date.now();
			await work();
			return Date.now() - since;
		});

	it('holds up every request of the run', async () => {
		const took = await elapsed(async () => {
			const pace = createThrottle(undefined);
			await pace.turn();
			pace.limited(Date.now(), 3000);
			await Promise.all([pace.turn(), pace.turn()]);
		});
		expect(took).toBeGreaterThanOrEqual(3000);
	});

	it('is one for all that were under way when it began, the longest', async () => {
		const took = await elapsed(async () => {
			const pace = createThrottle(undefined);
			const sentAt = Date.now();
			pace.limited(sentAt, 1000);
			pace.limited(sentAt, 2000);
			pace.limited(sentAt, 1000);
			await pace.turn();
		});
		expect(took).toBe(2000);
	});

	it('is obeyed as well if it has another cause, and makes nothing slower afterwards', async () => {
		const took = await elapsed(async () => {
			const pace = createThrottle(undefined);
			pace.pause(2000);
			for (let request = 0; request < 100; request++) await pace.turn();
		});
		expect(took).toBe(2000);
	});

	it('is never nothing, and doubles where the service does not say', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const pauses = await inFakeTime(async () => {
			const pace = createThrottle(undefined);
			const pauseAfter = async (asked: number | undefined) => {
				await pace.turn();
				await sleep(1);
				const since = Date.now();
				pace.limited(since, asked);
				await pace.turn();
				return Date.now() - since;
			};
			return [
				await pauseAfter(0),
				await pauseAfter(undefined),
				await pauseAfter(undefined),
				await pauseAfter(undefined),
			];
		});
		expect(pauses[0]).toBe(100);
		expect(pauses.slice(1)).toEqual([4000, 8000, 16_000]);
	});

	it('is waited for if it is as long as a run can be held up', async () => {
		const took = await elapsed(async () => {
			const pace = createThrottle(undefined);
			pace.pause(300_000);
			await pace.turn();
		});
		expect(took).toBe(300_000);
	});

	it('is not waited for if it is longer than a run can be held up', async () => {
		const pace = createThrottle(undefined);
		pace.pause(301_000);
		await expect(pace.turn()).rejects.toMatchObject({
			reason: 'rateLimited',
			facts: { summary: 'The service asks to wait 301 seconds' },
		});
	});

	it('ends when the execution is canceled, and no request follows', async () => {
		const execution = new AbortController();
		const pace = createThrottle(execution.signal);
		pace.pause(60_000);
		const turns = [pace.turn(), pace.turn()];
		execution.abort();
		for (const turn of [...turns, pace.turn()]) {
			await expect(turn).rejects.toMatchObject({ reason: 'canceled' });
		}
	});
});

describe('a service that is down', () => {
	it('is taken to be so after ten requests in a row, until it answers one', () => {
		const pace = createThrottle(undefined);
		for (let request = 0; request < 9; request++) pace.gaveUp();
		expect(pace.isDown()).toBe(false);
		pace.gaveUp();
		expect(pace.isDown()).toBe(true);
		pace.answered();
		expect(pace.isDown()).toBe(false);
	});
});
