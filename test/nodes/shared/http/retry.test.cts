import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import { createThrottle } from '../../../../nodes/shared/http/throttle';
import { repeat, type Attempts } from '../../../../nodes/shared/http/retry';
import { inFakeTime } from '../../fakeTime.cts';

const unavailable = (facts: FailureFacts = {}) =>
	new Failure('unavailable', { retry: 'mayHaveActed', ...facts });
const limited = (retryAfter?: number) =>
	new Failure('rateLimited', { retry: 'didNothing', retryAfter });

/** Attempts that end as listed, one after the other. */
function script(...ends: Array<string | Failure>) {
	const attempt = jest.fn(async () => {
		const end = ends.shift();
		if (end === undefined) throw new Error('tried more often than the script says');
		return await Promise.resolve(end);
	});
	return attempt;
}

interface Run extends Partial<Omit<Attempts<string>, 'attempt'>> {
	maxRetries?: number;
	signal?: AbortSignal;
}

async function run(attempt: Attempts<string>['attempt'], options: Run = {}) {
	const { maxRetries = 5, signal, changes = true, recover } = options;
	return await inFakeTime(async () => {
		const since = Date.now();
		const pace = createThrottle(signal);
		const attempts = { attempt, changes, ...(recover && { recover }) };
		const end = await repeat(attempts, maxRetries, pace, signal).catch((error: unknown) => error);
		return { end, seconds: (Date.now() - since) / 1000 };
	});
}

beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.5));

it('gives the first result', async () => {
	const { end, seconds } = await run(script('yes'));
	expect(end).toEqual({ result: 'yes', isRepeat: false });
	expect(seconds).toBe(0);
});

it('tries again what may pass, after waits that double', async () => {
	const { end, seconds } = await run(script(unavailable(), unavailable(), unavailable(), 'yes'));
	expect(end).toEqual({ result: 'yes', isRepeat: true });
	expect(seconds).toBe(0.5 + 1 + 2);
});

it('does not try again what will not pass', async () => {
	const attempt = script(new Failure('forbidden', { httpCode: '403' }));
	const { end } = await run(attempt);
	expect(attempt).toHaveBeenCalledTimes(1);
	expect(end).toMatchObject({ reason: 'forbidden', facts: { httpCode: '403' } });
	expect(end).not.toHaveProperty('facts.attempts');
	expect(end).not.toHaveProperty('facts.isFateUnknown');
});

it('gives up after so many retries, and says how often it tried and how long it waited', async () => {
	const attempt = script(...Array.from({ length: 3 }, () => unavailable({ httpCode: '503' })));
	const { end } = await run(attempt, { maxRetries: 2 });
	expect(end).toMatchObject({
		reason: 'unavailable',
		facts: { httpCode: '503', attempts: { count: 3, waited: 1500 }, isFateUnknown: true },
	});
});

it('waits as long as the service asks', async () => {
	expect((await run(script(limited(7000), 'yes'))).seconds).toBe(7);
	expect((await run(script(unavailable({ retryAfter: 3000 }), 'yes'))).seconds).toBe(3);
});

it('waits as short as the service asks', async () => {
	expect((await run(script(limited(200), 'yes'))).seconds).toBe(0.2);
	expect((await run(script(unavailable({ retryAfter: 200 }), 'yes'))).seconds).toBe(0.2);
});

it('waits for the pause of the run alone after too many requests, however often it tried', async () => {
	const before = Array.from({ length: 4 }, () => unavailable());
	const { seconds } = await run(script(...before, limited(), 'yes'));
	expect(seconds).toBe(0.5 + 1 + 2 + 4 + 2);
});

it('waits by itself where a service with too many requests does not ask', async () => {
	const { seconds } = await run(script(limited(), 'yes'));
	expect(seconds).toBe(2);
});

it('waits for five minutes, but not longer', async () => {
	const { end, seconds } = await run(script(limited(300_000), 'yes'));
	expect(seconds).toBe(300);
	expect(end).toMatchObject({ result: 'yes' });
});

it('does not wait longer than five minutes in all', async () => {
	const attempt = script(limited(200_000), limited(200_000));
	const { end, seconds } = await run(attempt);
	expect(seconds).toBe(200);
	expect(end).toMatchObject({ reason: 'rateLimited', facts: { attempts: { count: 2 } } });
});

it('does not begin to wait longer than five minutes', async () => {
	const { end, seconds } = await run(script(limited(301_000)));
	expect(seconds).toBe(0);
	expect(end).toMatchObject({ reason: 'rateLimited', facts: { retryAfter: 301_000 } });
});

it('ends at once when the execution is canceled, and tries nothing more', async () => {
	const execution = new AbortController();
	const attempt = jest.fn(async () => {
		execution.abort();
		return await Promise.resolve(unavailable());
	});
	const { end, seconds } = await run(attempt, { signal: execution.signal });
	expect(attempt).toHaveBeenCalledTimes(1);
	expect(seconds).toBe(0);
	expect(end).toMatchObject({ reason: 'canceled', facts: { isFateUnknown: true } });
});

it.each([
	['a read', { changes: false }, unavailable()],
	['an attempt that surely did nothing', { changes: true }, limited(1000)],
])('does not suspect %s of having changed anything', async (_, options, failure) => {
	const { end } = await run(script(failure, 'yes'), options);
	expect(end).toEqual({ result: 'yes', isRepeat: false });
});

it('remembers an attempt that may have been carried out when the next is refused', async () => {
	const { end } = await run(script(unavailable(), new Failure('alreadyDeactivated')));
	expect(end).toMatchObject({ reason: 'alreadyDeactivated', facts: { isFateUnknown: true } });
});

describe('a change that must not simply be repeated', () => {
	it('is over if it turns out that it was carried out', async () => {
		const recover = jest.fn(async () => await Promise.resolve('found done'));
		const attempt = script(unavailable());
		const { end } = await run(attempt, { recover });
		expect(end).toEqual({ result: 'found done', isRepeat: true });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('is repeated if it turns out that it was not', async () => {
		const recover = jest.fn(async () => await Promise.resolve(undefined));
		const { end } = await run(script(unavailable(), limited(1000), 'yes'), { recover });
		expect(end).toEqual({ result: 'yes', isRepeat: true });
		// Not after a refusal, which did nothing.
		expect(recover).toHaveBeenCalledTimes(1);
	});

	it('is not repeated if that cannot be found out', async () => {
		const recover = async () => await Promise.reject(new Failure('forbidden'));
		const attempt = script(unavailable({ httpCode: '502' }));
		const { end } = await run(attempt, { recover });
		expect(attempt).toHaveBeenCalledTimes(1);
		expect(end).toMatchObject({ reason: 'unavailable', facts: { isFateUnknown: true } });
	});

	it('is looked at even when there is no retry left', async () => {
		const recover = async () => await Promise.resolve('found done');
		const { end } = await run(script(unavailable()), { recover, maxRetries: 0 });
		expect(end).toEqual({ result: 'found done', isRepeat: true });
	});
});

it('no longer repeats anything when the service is down', async () => {
	const counts = await inFakeTime(async () => {
		const pace = createThrottle(undefined);
		const attempt = jest.fn(async () => await Promise.resolve(unavailable()));
		const counted = async () => {
			const before = attempt.mock.calls.length;
			await repeat({ attempt, changes: true }, 1, pace, undefined).catch(() => undefined);
			return attempt.mock.calls.length - before;
		};
		const all: number[] = [];
		for (let request = 0; request < 12; request++) all.push(await counted());
		return all;
	});
	expect(counts).toEqual([...Array.from({ length: 10 }, () => 2), 1, 1]);
});

it('counts no refusal among the requests that it gives up', async () => {
	const pace = createThrottle(undefined);
	const attempt = async () => await Promise.resolve(new Failure('forbidden'));
	const gaveUp = jest.spyOn(pace, 'gaveUp');
	await repeat({ attempt, changes: true }, 0, pace, undefined).catch(() => undefined);
	expect(gaveUp).not.toHaveBeenCalled();
});

it('takes a service that refuses for one that is not down', async () => {
	const pace = createThrottle(undefined);
	for (let request = 0; request < 9; request++) pace.gaveUp();
	const attempt = script(new Failure('forbidden'));
	const refused = repeat({ attempt, changes: true }, 0, pace, undefined);
	await expect(refused).rejects.toMatchObject({ reason: 'forbidden' });
	pace.gaveUp();
	expect(pace.isDown()).toBe(false);
});
