import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../test/host/cleanup.cts';
import { startCommand } from '../test/host/command.cts';
import { runScript } from './command.cts';

/** How many tests passed and failed. */
interface Count {
	readonly passed: number;
	readonly failed: number;
}

/**
 * What `npm test` runs: two lanes side by side, for two cores, each in its order. A step that fails
 * stops no other, so that one run shows all that is wrong.
 */
const lanes = [
	['format:check', 'lint', 'lint:workflows', 'test:unit', 'test:workflow'],
	// The package tests build what they pack.
	['typecheck', 'docs:check', 'test:package', 'test:model:fixed'],
];

/**
 * Runs a step and prints how it ended: a line if it passed, and all of its output if not.
 * @param folder for temporary files
 */
async function runStep(script: string, folder: string): Promise<Count> {
	// Its tests are counted one by one; anything else counts as one test.
	const jest = script.startsWith('test:');
	const report = join(folder, `${script.replaceAll(':', '-')}.json`);
	const begun = performance.now();
	const running = startCommand({
		what: script,
		file: 'npm',
		args: ['run', '--silent', script, ...(jest ? ['--', '--json', '--outputFile', report] : [])],
		cwd: join(__dirname, '..'),
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

async function runLane(lane: readonly string[], folder: string): Promise<Count[]> {
	const counts: Count[] = [];
	for (const step of lane) counts.push(await runStep(step, folder));
	return counts;
}

async function test(): Promise<void> {
	const { folder } = temporaryFolder();
	const counts = (await Promise.all(lanes.map((lane) => runLane(lane, folder)))).flat();
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	console.log(`\n${passed} passed, ${failed} failed`);
	process.exit(failed === 0 ? 0 : 1);
}

runScript(test);
