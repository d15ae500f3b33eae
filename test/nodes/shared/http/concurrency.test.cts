import {
	adaptiveConcurrency,
	fixedConcurrency,
	MAX_CONCURRENCY,
	type ConcurrencyLimit,
} from '../../../../nodes/shared/http/concurrency';

/** A service that is asked. Times are in milliseconds. */
interface World {
	/** How long an answer takes under little load. */
	duration: number;
	/** From here on, the duration grows with the square of the requests under way. */
	knee: (time: number) => number;
	/** Standard deviation of the logarithm of the duration. */
	jitter?: number;
	/** What each request takes of the one processor of the client: all that are under way wait for it. */
	processor?: number;
	/** What the service itself adds to each answer. */
	burden?: (time: number) => number;
	/** How long each kind of request takes, if a user needs several. */
	kinds?: readonly number[];
	users?: number;
}

/** Sends as many requests as the limit allows, in rounds; counts those beyond 1.5 times the knee. */
function course(limit: ConcurrencyLimit, world: World) {
	const { duration, knee, jitter = 0, processor = 0, burden = () => 0 } = world;
	const { kinds = [1], users = 2000 } = world;
	const random = chance();
	const limits: number[] = [];
	let [time, sent, beyond] = [0, 0, 0];
	while (sent < users * kinds.length) {
		const [sentAt, underWay] = [time, limit.current()];
		if (underWay > 1.5 * knee(sentAt)) beyond += underWay;
		const slowdown = Math.max(1, (underWay / knee(sentAt)) ** 2);
		const work = processor * underWay;
		for (let request = 0; request < underWay; request++) {
			const kind = sent++ % kinds.length;
			const noise = Math.exp(jitter * normal(random));
			const takes = duration * (kinds[kind] ?? 1) * slowdown * noise + burden(sentAt) + work;
			time = Math.max(time, sentAt + takes);
			// As the clock of a computer tells it.
			const span = { sentAt: Math.floor(sentAt), endedAt: Math.floor(sentAt + takes) };
			limit.answered({ kind: String(kind), ...span, load: work / takes, underWay });
			limits.push(limit.current());
		}
	}
	return { time, shareBeyond: beyond / sent, limits };
}

/** The same numbers from 0 to 1 in each run (Park and Miller). */
function chance(): () => number {
	let state = 1;
	return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** About normal, with a standard deviation of 1: the sum of twelve. */
function normal(random: () => number): number {
	return Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
}

const always = (knee: number) => () => knee;
const worlds = [5, 20, 200].flatMap(
	(duration): Array<Omit<World, 'knee'>> => [
		{ duration },
		{ duration, jitter: 0.1, processor: duration / 40 },
		{ duration, jitter: 0.25 },
	],
);

describe.each([4, 8, 16])('a service that slows down beyond %d requests', (knee) => {
	it.each(worlds)('is used as well as with the best fixed number: %j', (world) => {
		const at = (limit: ConcurrencyLimit) => course(limit, { ...world, knee: always(knee) });
		const best = Math.min(
			...[3, 4, 5, 7, 8, 9, 14, 16, 18].map((count) => at(fixedConcurrency(count)).time),
		);
		const { time, shareBeyond } = at(adaptiveConcurrency());
		expect(time / best).toBeLessThan(1.25);
		expect(shareBeyond).toBeLessThan(0.1);
	});
});

describe('a service without a limit', () => {
	const unlimited = { knee: always(Infinity), users: 1000 };

	it.each(worlds)('is soon used as well as with 50: %j', (world) => {
		const fixed = course(fixedConcurrency(50), { ...unlimited, ...world });
		const adaptive = course(adaptiveConcurrency(), { ...unlimited, ...world });
		expect(adaptive.time / fixed.time).toBeLessThan(1.4);
		expect(Math.max(...adaptive.limits)).toBeLessThanOrEqual(MAX_CONCURRENCY);
	});

	it.each([
		...[0.5, 1, 1.75].map((processor) => ({ processor })),
		{ jitter: 0.2, kinds: [1, 0.3, 4] },
	])('is so, too, where answers wait for each other or differ: %j', (more) => {
		const world: World = { ...unlimited, duration: 20, ...more };
		const { time } = course(adaptiveConcurrency(), world);
		expect(time / course(fixedConcurrency(50), world).time).toBeLessThan(1.2);
	});

	it('is asked with as many requests again once it has become slower by itself', () => {
		const world = { ...unlimited, duration: 20, users: 4000 };
		const { limits } = course(adaptiveConcurrency(), {
			...world,
			burden: (time) => (time > 500 ? 60 : 0),
		});
		expect(Math.min(...limits.slice(1000))).toBe(1);
		expect(limits.at(-1)).toBe(MAX_CONCURRENCY);
	});
});

it('follows a knee that moves', () => {
	const { limits } = course(adaptiveConcurrency(), {
		duration: 20,
		users: 6000,
		knee: (time) => (time < 2000 ? 16 : time < 8000 ? 4 : 40),
	});
	expect(limits[1000]).toBeGreaterThan(12);
	expect(limits[1800]).toBeLessThan(8);
	expect(limits.at(-1)).toBeGreaterThan(24);
});

describe('a limit', () => {
	/** Grown as far as it goes. */
	const grown = () => {
		const limit = adaptiveConcurrency();
		for (let time = 0; limit.current() < MAX_CONCURRENCY; time += 20) answerAll(limit, time);
		return limit;
	};
	const answerAll = (limit: ConcurrencyLimit, sentAt: number, underWay = limit.current()) => {
		for (let answer = 0; answer < 60; answer++) {
			limit.answered({ kind: 'read', sentAt, endedAt: sentAt + 20, underWay });
		}
	};
	const late = { sentAt: 10_000, endedAt: 10_020 };

	it('halves once for all requests that were refused together, down to four', () => {
		const limit = grown();
		for (const sentAt of [10_000, 10_001, 10_002]) limit.refused({ ...late, sentAt });
		expect(limit.current()).toBe(25);
		for (let time = 10_021; time < 20_000; time += 20) {
			limit.refused({ sentAt: time, endedAt: time + 19 });
		}
		expect(limit.current()).toBe(4);
	});

	it('halves after three failures in a row, not after single ones', () => {
		const limit = grown();
		limit.failed(late);
		limit.failed(late);
		answerAll(limit, 9000);
		limit.failed(late);
		limit.failed(late);
		expect(limit.current()).toBe(50);
		limit.failed(late);
		expect(limit.current()).toBe(25);
	});

	it('takes a step after ten answers, of which half may be slow', () => {
		const limit = adaptiveConcurrency();
		const answer = (count: number, sentAt: number, took: number) => {
			const span = { sentAt, endedAt: sentAt + took, underWay: limit.current() };
			for (let left = count; left > 0; left--) limit.answered({ kind: 'read', ...span });
			return limit.current();
		};
		expect([answer(9, 0, 20), answer(1, 0, 20)]).toEqual([4, 8]);
		expect([answer(5, 100, 20), answer(5, 100, 200)]).toEqual([8, 14]);
	});

	it('is at least one', () => {
		const limit = adaptiveConcurrency();
		for (let time = 1; time < 100; time++) limit.failed({ sentAt: time * 10, endedAt: time * 10 });
		expect(limit.current()).toBe(1);
	});

	it('does not grow while fewer requests are sent than it allows', () => {
		const limit = adaptiveConcurrency();
		for (let time = 0; time < 1000; time += 20) answerAll(limit, time, 1);
		expect(limit.current()).toBe(4);
	});
});
