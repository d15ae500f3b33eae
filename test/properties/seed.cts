import fc from 'fast-check';

/**
 * The seed is another one in each run, and fast-check prints it beside the smallest counterexample
 * that it found. `PROPERTY_SEED` repeats that run.
 */
const { PROPERTY_SEED: seed } = process.env;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
