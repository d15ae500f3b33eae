import { getEventListeners } from 'node:events';

import { jittered, wait } from '../../../../nodes/shared/http/clock';

describe('wait', () => {
	it('does not begin in an execution that is canceled already', async () => {
		await expect(wait(60_000, AbortSignal.abort())).rejects.toMatchObject({ reason: 'canceled' });
	});

	it('leaves nothing behind at the signal', async () => {
		const { signal } = new AbortController();
		await wait(1, signal);
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
