import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { Problem } from '../test/host/problem.cts';
import { readOptions, runScript } from './command.cts';

const USAGE = 'Usage: npm run test:model -- [--runs <whole number>] [--seed <whole number>]';

/**
 * The model test with other histories: `npm run test:model -- --runs 20000 [--seed 7]`. Each history
 * is one seed, so that `--runs 1 --seed N` has a single one again.
 */
async function model(): Promise<void> {
	const options = readOptions({ runs: { type: 'string' }, seed: { type: 'string' } }, USAGE);
	const runs = Number(options.runs ?? 20_000);
	const seed = Number(options.seed ?? randomInt(2 ** 30));
	if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) throw new Problem(USAGE);
	console.log(`seed: ${seed}`);
	const jest = spawn('npx', ['jest', '--selectProjects', 'model'], {
		env: { ...process.env, MODEL_RUNS: String(runs), MODEL_SEED: String(seed) },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [report, [code]] = await Promise.all([text(jest.stdout), once(jest, 'close')]);
	// Into a pipe, a long report is written only after a while.
	process.stdout.write(report, () => process.exit(code === 0 ? 0 : 1));
}

runScript(model);
