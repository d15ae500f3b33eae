import { temporaryFolder } from '../test/host/cleanup.cts';
import { runStep } from './test/step.cts';
import type { Count, Step } from './test/step.cts';

/**
 * What `npm test` runs: two lanes side by side, for two cores, each in its order. A step that fails
 * stops no other, so that one run shows all that is wrong.
 */
const lanes: readonly (readonly Step[])[] = [
	[
		{ script: 'format:check' },
		{ script: 'lint' },
		{ script: 'lint:workflows' },
		{ script: 'test:unit', jest: true },
		{ script: 'test:workflow', jest: true },
	],
	// The package tests build what they pack.
	[
		{ script: 'typecheck' },
		{ script: 'test:package', jest: true },
		{ script: 'test:properties', jest: true },
	],
];

async function runLane(lane: readonly Step[], folder: string): Promise<Count[]> {
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

test().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
