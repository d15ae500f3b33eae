/**
 * Lets the nodes wait a hundredth of the time: what they wait for, and that they wait, is tested in
 * test/nodes. Time itself runs faster for them as well, so that the pace of a run stays what it is.
 */
jest.mock('../../nodes/shared/http/clock', () => {
	const actual = jest.requireActual<typeof import('../../nodes/shared/http/clock')>(
		'../../nodes/shared/http/clock',
	);
	const SPEED = 100;
	const start = Date.now();
	return {
		...actual,
		now: () => start + (Date.now() - start) * SPEED,
		wait: async (ms: number, signal: AbortSignal | undefined) =>
			await actual.wait(ms / SPEED, signal),
	};
});
