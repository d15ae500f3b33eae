import fc from 'fast-check';

/** Milliseconds for one case: whatever takes longer hangs. */
const TIME_LIMIT = 10_000;

/**
 * Fixed, so that a change is what makes a run fail, and not luck; other cases are tried with another
 * seed: `PROPERTY_SEED=7 npm run test:properties`.
 */
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_121);

/** Checks that a property holds for so many cases. */
export async function holds<T>(
	cases: number,
	values: fc.Arbitrary<T>,
	check: (value: T) => unknown,
): Promise<void> {
	const property = fc.asyncProperty(values, async (value) => void (await check(value)));
	await fc.assert(property, { numRuns: cases, timeout: TIME_LIMIT, seed });
}
