import type { Counterexample } from './check.cts';
import { deeds } from './deeds.cts';
import { missing } from './expectation.cts';
import { listed } from './listed.cts';
import { records } from './records.cts';
import type { Run } from './run.cts';

/** All that a run says or does against the truth, and all that it should do and doesn't. */
export function counterexamples(run: Run): Counterexample[] {
	return [...records, ...deeds, listed, missing].flatMap((check) => check(run));
}
