import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { isClean, report } from '../test/model/report.cts';
import { search } from '../test/model/search.cts';

/** Histories between two words on standard error. */
const STEP = 1000;

/**
 * The model test on its own: `npm run test:model -- --runs 20000 [--seed 7]`. Each history is one
 * seed, so that `--runs 1 --seed N` has a single one again.
 */
async function model(): Promise<void> {
	const { values } = parseArgs({
		options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } },
	});
	const runs = Number(values.runs);
	const seed = Number(values.seed ?? randomInt(2 ** 30));
	if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
		throw new Error('--runs and --seed must be whole numbers.');
	}
	console.log(`seed: ${seed}`);
	const found = await search(runs, seed, (done) => {
		if (done % STEP === 0) console.error(`[${process.uptime().toFixed(0).padStart(4)} s] ${done}`);
	});
	// Into a pipe, a long report is written only after a while.
	process.stdout.write(`${report(found)}\n`, () => process.exit(isClean(found) ? 0 : 1));
}

model().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
