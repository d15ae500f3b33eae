import { createLimiter } from './rate-limit.cts';

const passed = (limit: Parameters<typeof createLimiter>[0], times: readonly number[]) => {
	const limiter = createLimiter(limit, 0);
	return times.map((time) => limiter(time));
};

it('a bucket is emptied at once and refilled evenly', () => {
	expect(passed({ kind: 'bucket', size: 2, perSecond: 10 }, [0, 0, 0, 50, 100, 100, 1000])).toEqual(
		[undefined, undefined, 100, 50, undefined, 100, undefined],
	);
});

it('a bucket holds no more than its size', () => {
	expect(passed({ kind: 'bucket', size: 1, perSecond: 10 }, [5000, 5000])).toEqual([
		undefined,
		100,
	]);
});

it('a window begins anew, however long nobody asked', () => {
	expect(passed({ kind: 'window', size: 1, ms: 1000 }, [200, 300, 999, 1000, 3500, 3600])).toEqual([
		undefined,
		700,
		1,
		undefined,
		undefined,
		400,
	]);
});
