import { randomInt } from 'node:crypto';

import { Problem } from '../test/host/problem.cts';
import { isClean, report } from '../test/model/report.cts';
import { search } from '../test/model/search.cts';
import { progress, readOptions, runScript } from './command.cts';

const USAGE = 'Usage: npm run test:model -- [--runs <whole number>] [--seed <whole number>]';

/**
 * The model test on its own: `npm run test:model -- --runs 20000 [--seed 7]`. Each history is one
 * seed, so that `--runs 1 --seed N` has a single one again.
 */
async function model(): Promise<void> {
	const options = readOptions({ runs: { type: 'string' }, seed: { type: 'string' } }, USAGE);
	const runs = Number(options.runs ?? 20_000);
	const seed = Number(options.seed ?? randomInt(2 ** 30));
	if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) throw new Problem(USAGE);
	console.log(`seed: ${seed}`);
	const found = await search(runs, seed, (done) => {
		if (done % 1000 === 0) progress(String(done));
	});
	// Into a pipe, a long report is written only after a while.
	process.stdout.write(`${report(found)}\n`, () => process.exit(isClean(found) ? 0 : 1));
}

runScript(model);
