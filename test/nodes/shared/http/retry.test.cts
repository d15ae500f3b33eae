import { withRetry, type Attempt, type Repeatable } from '../../../../nodes/shared/http/retry';
import { createLimiter } from '../../../../nodes/shared/http/limiter';
import { createThrottle } from '../../../../nodes/shared/http/throttle';
import { Failure, type Effect, type Source } from '../../../../nodes/shared/model/failure';
import { inFakeTime } from '../../fakeTime.cts';

const source: Source = { kind: 'network', code: 'ECONNRESET' };

const unavailable = (after?: number, effect: Effect = 'possible') => ({
	failure: new Failure('unavailable', { source, effect }),
	retry: { after },
});
const limited = (after?: number) => ({ failure: new Failure('rateLimited'), retry: { after } });
const forbidden = { failure: new Failure('forbidden') };
const ok = { result: 'yes' };

/** Attempts that end as listed, one after the other. */
function script(...ends: Array<Attempt<string>>) {
	return jest.fn(async () => {
		const end = ends.shift();
		if (end === undefined) throw new Error('tried more often than the script says');
		return await Promise.resolve(end);
	});
}

interface Run extends Omit<Repeatable<string>, 'send' | 'kind'> {
	maxRetries?: number;
	signal?: AbortSignal;
}

async function run(send: Repeatable<string>['send'], options: Run = {}) {
	const { maxRetries = 5, signal, ...recovery } = options;
	return await inFakeTime(async () => {
		const since = Date.now();
		const policy = { maxRetries, timeout: 1000 };
		const request = { send, kind: 'read', ...recovery };
		const end = await withRetry(request, policy, createThrottle(signal), signal).catch(
			(error: unknown) => error,
		);
		return { end, seconds: (Date.now() - since) / 1000 };
	});
}

beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.5));

const times = (count: number) => Array.from({ length: count }, () => unavailable());

const lost = { ...ok, mayHaveSucceeded: true };
const notSent = { ...ok, mayHaveSucceeded: false };
const withoutEffect = unavailable(undefined, 'none');
const gaveUp = {
	reason: 'unavailable',
	facts: { source, attempts: { count: 3, waited: 1500 }, effect: 'possible' },
};
const refused = { reason: 'forbidden', effect: 'possible' };

it.each<[string, ends: Array<Attempt<string>>, end: object, seconds: number, maxRetries?: number]>([
	['returns the first result', [ok], notSent, 0],
	['retries passing failures, after waits that double', [...times(3), ok], lost, 0.5 + 1 + 2],
	// It never waits longer than 30 seconds by itself.
	['retries 20 times if it may', [...times(20), ok], ok, 0.5 + 1 + 2 + 4 + 8 + 16 + 14 * 30, 20],
	['does not retry other failures', [forbidden], { reason: 'forbidden', facts: {} }, 0],
	['gives up after the last retry, and says how often it tried', times(3), gaveUp, 1.5, 2],
	['obeys a wait after too many requests', [limited(7000), ok], ok, 7],
	['obeys a wait for another reason', [unavailable(200), ok], ok, 0.2],
	['waits up to five minutes, each time', [limited(300_000), unavailable(300_000), ok], ok, 600],
	['does not begin a longer wait', [unavailable(301_000)], { reason: 'unavailable' }, 0],
	['waits only for the pause of the run', [...times(4), limited(), ok], ok, 0.5 + 1 + 2 + 4 + 2],
	['knows that nothing was carried out', [withoutEffect, limited(1000), ok], notSent, 1.5],
	['remembers that something may have been', [unavailable(), forbidden], refused, 0.5],
])('%s', async (_, ends, expected, seconds, maxRetries = 5) => {
	const send = script(...ends);
	const result = await run(send, { maxRetries });
	expect(result.end).toMatchObject(expected);
	expect(result.seconds).toBe(seconds);
	expect(send).toHaveBeenCalledTimes(ends.length);
});

it('ends at once when the execution is canceled, and sends nothing more', async () => {
	const execution = new AbortController();
	const send = jest.fn(async () => {
		execution.abort();
		return await Promise.resolve(unavailable());
	});
	const { end, seconds } = await run(send, { signal: execution.signal });
	expect(send).toHaveBeenCalledTimes(1);
	expect(seconds).toBe(0);
	expect(end).toMatchObject({ reason: 'canceled', effect: 'possible' });
});

describe('a change with a recovery', () => {
	it.each([5, 0])(
		'is over if it turns out that it was carried out (%i retries)',
		async (maxRetries) => {
			const send = script(unavailable());
			const recover = async () => await Promise.resolve('found done');
			const { end } = await run(send, { recover, maxRetries });
			expect(end).toEqual({ result: 'found done', mayHaveSucceeded: true });
			expect(send).toHaveBeenCalledTimes(1);
		},
	);

	it('is repeated if it was not carried out', async () => {
		const recover = jest.fn(async () => await Promise.resolve(undefined));
		const { end } = await run(script(unavailable(), limited(1000), ok), { recover });
		expect(end).toEqual({ result: 'yes', mayHaveSucceeded: true });
		// A refusal because of too many requests has no effect.
		expect(recover).toHaveBeenCalledTimes(1);
	});

	it('is not repeated if nobody can find out', async () => {
		const recover = async () => await Promise.reject(new Failure('forbidden'));
		const send = script(unavailable());
		const { end } = await run(send, { recover });
		expect(send).toHaveBeenCalledTimes(1);
		expect(end).toMatchObject({ reason: 'unavailable', effect: 'possible' });
	});
});

it('lets the run learn from each end, but from no failure of what can be done without', async () => {
	const learned: string[] = [];
	const limiter = {
		...createLimiter(),
		answered: (kind: string) => void learned.push(kind),
		refused: () => void learned.push('refused'),
		failed: () => void learned.push('failed'),
	};
	const ask = async (isOptional: boolean, ...ends: Array<Attempt<string>>) => {
		const throttle = createThrottle(undefined, limiter);
		const policy = { maxRetries: 1, timeout: 1000 };
		const request = { send: script(...ends), kind: 'read', isOptional };
		await withRetry(request, policy, throttle, undefined).catch(() => undefined);
	};
	await inFakeTime(async () => {
		await ask(false, unavailable(), ok);
		await ask(false, limited(1000), forbidden);
		await ask(true, unavailable());
	});
	expect(learned).toEqual(['failed', 'read', 'refused', 'read refused']);
});

describe('a service that is down', () => {
	const policy = { maxRetries: 1, timeout: 1000 };

	it('gets no retries after ten requests without an answer', async () => {
		const counts = await inFakeTime(async () => {
			const throttle = createThrottle(undefined);
			const all: number[] = [];
			for (let request = 0; request < 12; request++) {
				const send = jest.fn(async () => await Promise.resolve(unavailable()));
				await withRetry({ send, kind: 'read' }, policy, throttle, undefined).catch(() => undefined);
				all.push(send.mock.calls.length);
			}
			return all;
		});
		expect(counts).toEqual([...Array.from({ length: 10 }, () => 2), 1, 1]);
	});

	it('is not told by requests that can be done without, which are not repeated either', async () => {
		const throttle = createThrottle(undefined);
		for (let request = 0; request < 9; request++) throttle.gaveUp();
		for (const isDown of [false, true]) {
			const request = { send: script(unavailable()), kind: 'read', isOptional: true };
			const end = withRetry(request, policy, throttle, undefined);
			await expect(end).rejects.toMatchObject({ reason: 'unavailable' });
			expect(throttle.isDown()).toBe(isDown);
			throttle.gaveUp();
		}
	});

	it('is up again as soon as it refuses a request', async () => {
		const throttle = createThrottle(undefined);
		for (let request = 0; request < 10; request++) throttle.gaveUp();
		const request = { send: script(forbidden), kind: 'read' };
		const end = withRetry(request, policy, throttle, undefined);
		await expect(end).rejects.toMatchObject({ reason: 'forbidden' });
		expect(throttle.isDown()).toBe(false);
	});
});
