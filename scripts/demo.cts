import { disagreements, runPass, violationsOf } from '../test/host/agreement.cts';
import { temporaryFolder } from '../test/host/cleanup.cts';
import { installHost } from '../test/host/install.cts';
import type { Host } from '../test/host/install.cts';
import { Instance } from '../test/host/instance.cts';
import { credentialsFor, leaverWorkflow } from '../test/host/offboarding.cts';
import { packPackage } from '../test/host/pack.cts';
import { Problem } from '../test/host/problem.cts';
import { startSimulators } from '../test/simulators/index.cts';
import type { Simulators } from '../test/simulators/index.cts';
import { openEditor } from './demo/keep.cts';
import { readOptions } from './demo/options.cts';
import { resultTable } from './demo/table.cts';

/**
 * The main job, seen working: the packed package in a real n8n, run twice against the simulators.
 * Progress goes to standard error, the result to standard output.
 */
async function demo(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	const host = await installHost();
	const simulators = await startSimulators();
	const instance = await prepareInstance(host, simulators);

	progress('Running the workflow');
	const first = await runPass(instance, simulators, 'deactivated');
	console.log(`\n${resultTable(first.rows)}\n`);

	progress('Running it again, for the same leaver');
	const second = await runPass(instance, simulators, 'alreadyDeactivated');
	console.log(`\n${resultTable(second.rows)}\n`);

	const problems = [
		...disagreements(first).map((problem) => `First run, ${problem}`),
		...disagreements(second).map((problem) => `Second run, ${problem}`),
		...violationsOf(simulators),
	];
	const ok = problems.length === 0;
	console.log(
		ok
			? 'The simulators agree: these five accounts are deactivated, and nobody else was touched.'
			: `The simulators do not agree:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
	);

	// Everything that was started ends with this process.
	const end = (): never => process.exit(ok ? 0 : 1);
	const { n8nVersion, nodeVersion } = host;
	const json = JSON.stringify({ ok, n8nVersion, nodeVersion, results: first.rows });
	if (!options.keep) {
		if (options.json) console.log(json);
		return end();
	}

	simulators.reset();
	progress('Starting n8n');
	const { server, invitation } = await openEditor(instance);
	process.prependOnceListener('SIGINT', end);
	console.log(`\n${invitation}`);
	if (options.json) console.log(json);
	await server.ended;
	throw new Problem(`n8n ended by itself:\n${server.output().slice(-4000)}`);
}

async function prepareInstance(host: Host, simulators: Simulators): Promise<Instance> {
	const instance = await Instance.create(host);
	progress(`Packing the package and setting up a fresh n8n ${host.n8nVersion}`);
	// Both take a while, and neither needs the other: n8n creates its database at the first import.
	const [tarball] = await Promise.all([
		packPackage(temporaryFolder().folder),
		instance.importCredentials(credentialsFor(simulators)),
	]);
	progress('Installing the package and importing the workflow');
	await instance.installPackage(tarball);
	await instance.importWorkflow(leaverWorkflow());
	return instance;
}

function progress(step: string): void {
	console.error(`[${process.uptime().toFixed(1).padStart(5)} s] ${step}`);
}

demo().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exit(1);
});
