import fc from 'fast-check';

/** Milliseconds for one case: whatever takes longer hangs. */
const TIME_LIMIT = 10_000;

/** Checks that a property holds for so many cases. */
export async function holds<T>(
	cases: number,
	values: fc.Arbitrary<T>,
	check: (value: T) => unknown,
): Promise<void> {
	const property = fc.asyncProperty(values, async (value) => {
		await check(value);
	});
	await fc.assert(property, { numRuns: cases, timeout: TIME_LIMIT });
}
