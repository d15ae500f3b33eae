import fc from 'fast-check';

import { Census } from './census.cts';
import type { Counterexample } from './check.cts';
import { deeds } from './deeds.cts';
import { missing } from './expectation.cts';
import { histories, type History } from './history.cts';
import { listed } from './listed.cts';
import { records } from './records.cts';
import { runHistory, type Run } from './run.cts';

/** Counterexamples of one kind: how many, and the smallest history that was found. */
export interface Finding {
	readonly claim: string;
	count: number;
	readonly smallest: { readonly run: Run; readonly detail: string };
}

/** What came of many histories. */
export interface Search {
	readonly runs: number;
	readonly failed: number;
	readonly findings: readonly Finding[];
	readonly census: Census;
}

/** All that a run says or does against the truth, and all that it should do and doesn't. */
const CHECKS = [...records, ...deeds, listed, missing];

const HISTORIES = histories();

/** Steps of shrinking that one finding is worth. */
const MAX_SHRINKS = 300;

/** Runs so many random histories, and makes the first of each kind of counterexample small. */
export async function search(runs: number, seed: number): Promise<Search> {
	const census = new Census();
	const findings = new Map<string, Finding>();
	let failed = 0;
	for (let index = 0; index < runs; index++) {
		const problems = await problemsOf(seed + index, census);
		if (problems.length > 0) failed++;
		for (const claim of new Set(problems.map((problem) => problem.claim))) {
			const known = findings.get(claim);
			if (known) known.count++;
			else findings.set(claim, { claim, count: 1, smallest: await shrunk(seed + index, claim) });
		}
	}
	return { runs, failed, findings: [...findings.values()], census };
}

/** Each history has a seed of its own, so that it can be had again alone. */
async function problemsOf(seed: number, census: Census): Promise<Counterexample[]> {
	const [history] = fc.sample(HISTORIES, { seed, numRuns: 1 });
	if (!history) throw new Error('No history was drawn');
	const { run, problems } = await judged(history);
	census.add(run);
	return problems;
}

async function judged(history: History): Promise<{ run: Run; problems: Counterexample[] }> {
	const run = await runHistory(history);
	return { run, problems: CHECKS.flatMap((check) => check(run)) };
}

/** The smallest history that still gives a counterexample of this kind. */
async function shrunk(seed: number, claim: string): Promise<Finding['smallest']> {
	let steps = 0;
	let smallest: Finding['smallest'] | undefined;
	const isGood = async (history: History) => {
		// Whatever is not looked at any more counts as good: shrinking is over.
		if (steps++ > MAX_SHRINKS) return true;
		const { run, problems } = await judged(history);
		const problem = problems.find((one) => one.claim === claim);
		if (problem) smallest = { run, detail: problem.detail };
		return problem === undefined;
	};
	await fc.check(fc.asyncProperty(HISTORIES, isGood), { seed, numRuns: 1 });
	if (!smallest) throw new Error(`Seed ${seed} does not give the same history again`);
	return smallest;
}
