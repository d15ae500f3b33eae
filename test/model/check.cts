import type { Run } from './run.cts';

/** Something that a run says or does and must not. */
export interface Counterexample {
	/** The same for all of its kind. */
	readonly claim: string;
	readonly detail: string;
}

/** What a run may be wrong about. */
export type Check = (run: Run) => Counterexample[];

/** A counterexample, unless something holds. */
export function unless(holds: boolean, claim: string, detail = ''): Counterexample[] {
	return holds ? [] : [{ claim, detail }];
}
