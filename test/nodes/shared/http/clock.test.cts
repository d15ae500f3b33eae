import { getEventListeners } from 'node:events';

import { jittered, wait } from '../../../../nodes/shared/http/clock';
import { inFakeTime } from '../../fakeTime.cts';

describe('wait', () => {
	it('takes as long as it is told', async () => {
		const took = await inFakeTime(async () => {
			const since = Date.now();
			await wait(1500, undefined);
			return Date.now() - since;
		});
		expect(took).toBe(1500);
	});

	it('ends at once when the execution is canceled', async () => {
		const execution = new AbortController();
		const took = await inFakeTime(async () => {
			const since = Date.now();
			const waiting = wait(60_000, execution.signal);
			execution.abort();
			await expect(waiting).rejects.toMatchObject({ reason: 'canceled' });
			return Date.now() - since;
		});
		expect(took).toBe(0);
	});

	it('does not begin in an execution that is canceled already', async () => {
		await expect(wait(60_000, AbortSignal.abort())).rejects.toMatchObject({ reason: 'canceled' });
	});

	it('leaves nothing behind at the signal', async () => {
		const { signal } = new AbortController();
		await inFakeTime(async () => await wait(10, signal));
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

describe('jittered', () => {
	it.each([
		[0, 750],
		[0.5, 1000],
		[1, 1250],
	])('stays within a quarter (%p)', (random, expected) => {
		jest.spyOn(Math, 'random').mockReturnValue(random);
		expect(jittered(1000)).toBe(expected);
	});
});
