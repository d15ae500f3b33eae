import {
	adaptiveConcurrency,
	fixedConcurrency,
	MAX_CONCURRENCY,
	type ConcurrencyLimit,
} from '../../../../nodes/shared/http/concurrency';

/** A service and the machine that asks it. Times are in milliseconds. */
interface World {
	/** How long an answer takes under little load. */
	duration: number;
	/** From here on, the duration grows with the square of the requests under way. */
	knee: (time: number) => number;
	/** Standard deviation of the logarithm of the duration. */
	jitter?: number;
	/** What each request takes of the one processor of the client. */
	processor?: number;
	/** As in an event loop, nothing leaves the client before all that is due has been worked on. */
	isBatched?: true;
	/** What the service itself adds to each answer. */
	burden?: (time: number) => number;
	/** How long each kind of request takes, if a user needs several. */
	kinds?: readonly number[];
	users?: number;
	seed?: number;
}

interface Course {
	time: number;
	/** Of the requests, those that were sent while more than 1.5 times the knee were under way. */
	shareBeyond: number;
	limits: number[];
}

/** A run as a sequence of events: no clock, no promises. */
function course(limit: ConcurrencyLimit, world: World): Course {
	const { duration, knee, jitter = 0, processor = 0, burden = () => 0, users = 2000 } = world;
	const { isBatched, kinds = [1], seed = 1 } = world;
	const random = randomFrom(seed);
	const events: Array<{ at: number; happen: () => void }> = [];
	const waiting: number[] = [];
	const limits: number[] = [];
	let [time, freeAt, begun, done, underWay, sent, beyond] = [0, 0, 0, 0, 0, 0, 0];
	let computed = 0;
	/** How long the processor of the client has worked until now. */
	const busy = () => computed - Math.max(0, freeAt - time);

	const schedule = (at: number, happen: () => void) => {
		const index = events.findIndex((event) => event.at > at);
		events.splice(index < 0 ? events.length : index, 0, { at, happen });
	};
	let batch: Array<() => void> = [];
	const endBatch = () => {
		if (time < freeAt) {
			schedule(freeAt, endBatch);
			return;
		}
		const ended = batch;
		batch = [];
		for (const then of ended) then();
	};
	const compute = (then: () => void) => {
		freeAt = Math.max(time, freeAt) + processor / 2;
		computed += processor / 2;
		if (isBatched === true) {
			if (batch.length === 0) schedule(freeAt, endBatch);
			batch.push(then);
		} else schedule(freeAt, then);
	};
	const send = (kind: number) => {
		underWay++;
		sent++;
		if (underWay > 1.5 * knee(time)) beyond++;
		const load = Math.max(1, (underWay / knee(time)) ** 2);
		const [sentAt, busyBefore] = [time, busy()];
		compute(() => {
			const takes = duration * (kinds[kind] ?? 1) * load * Math.exp(jitter * normal(random));
			schedule(time + takes + burden(time), () => compute(() => end(kind, sentAt, busyBefore)));
		});
	};
	const end = (kind: number, sentAt: number, busyBefore: number) => {
		// As the clock of a computer tells it.
		const span = {
			sentAt: Math.floor(sentAt),
			endedAt: Math.floor(time),
			load: time > sentAt ? (busy() - busyBefore) / (time - sentAt) : 0,
		};
		limit.answered({ kind: String(kind), ...span, underWay });
		limits.push(limit.current());
		underWay--;
		if (kind + 1 < kinds.length) waiting.push(kind + 1);
		else done++;
		sendAll();
	};
	const sendAll = () => {
		while (underWay < limit.current() && (waiting.length > 0 || begun < users)) {
			send(waiting.shift() ?? (begun++, 0));
		}
	};
	sendAll();
	for (let next = events.shift(); next && done < users; next = events.shift()) {
		time = next.at;
		next.happen();
	}
	return { time, shareBeyond: beyond / sent, limits };
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Box and Muller. */
function normal(random: () => number): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const always = (knee: number) => () => knee;
const worlds = [5, 20, 200].flatMap(
	(duration): Array<Omit<World, 'knee'>> => [
		{ duration },
		{ duration, jitter: 0.1, processor: duration / 40 },
		{ duration, jitter: 0.3 },
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

	it.each([0.5, 1, 1.75])('is so, too, where answers wait for each other: %d', (processor) => {
		const world: World = { ...unlimited, duration: 20, processor, isBatched: true };
		const { time } = course(adaptiveConcurrency(), world);
		expect(time / course(fixedConcurrency(50), world).time).toBeLessThan(1.2);
	});

	it('is so, too, where some requests take longer than others', () => {
		const world = { ...unlimited, duration: 20, jitter: 0.2, kinds: [1, 0.3, 4] };
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
		for (let refusal = 0; refusal < 5; refusal++)
			limit.refused({ ...late, sentAt: 10_000 + refusal });
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
