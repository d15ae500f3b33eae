import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCommand } from '../../test/host/command.cts';

/** One script of package.json that `npm test` runs. */
export interface Step {
	readonly script: string;
	/** Its tests are counted one by one; anything else counts as one test. */
	readonly jest?: boolean;
}

/** How many tests passed and failed. */
export interface Count {
	readonly passed: number;
	readonly failed: number;
}

const root = join(__dirname, '../..');

/**
 * Runs a step and prints how it ended: a line if it passed, and all of its output if not.
 * @param folder for temporary files
 */
export async function runStep({ script, jest }: Step, folder: string): Promise<Count> {
	const report = join(folder, `${script.replace(':', '-')}.json`);
	const begun = performance.now();
	const running = startCommand({
		what: script,
		file: 'npm',
		args: ['run', '--silent', script, ...(jest ? ['--', '--json', '--outputFile', report] : [])],
		cwd: root,
	});
	const ok = (await running.ended) === 0;

	const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
	const count = jest ? jestCount(report, ok) : { passed: Number(ok), failed: Number(!ok) };
	const tests = jest ? `  ${count.passed} passed, ${count.failed} failed` : '';
	console.log(`${ok ? 'passed' : 'FAILED'} ${seconds} s  ${script.padEnd(14)}${tests}`.trimEnd());
	if (!ok) console.log(`\n${running.output()}\n`);
	return count;
}

function jestCount(report: string, ok: boolean): Count {
	if (!existsSync(report)) return { passed: 0, failed: 1 };
	const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
		numPassedTests: number;
		numFailedTests: number;
	};
	// A file that could not even be loaded has no tests to count, and is a failure all the same.
	return { passed: numPassedTests, failed: ok ? 0 : Math.max(1, numFailedTests) };
}
