import { disagreements, runPass, violationsOf } from '../test/host/agreement.cts';
import type { ExpectedOutcome, Pass } from '../test/host/agreement.cts';
import { temporaryFolder } from '../test/host/cleanup.cts';
import { installHost } from '../test/host/install.cts';
import type { Host } from '../test/host/install.cts';
import { Instance } from '../test/host/instance.cts';
import {
	credentialsFor,
	exampleWorkflow,
	LEAVER_WORKFLOW_ID,
	UNDO_WORKFLOW_ID,
} from '../test/host/offboarding.cts';
import { OWNER, setUpOwner } from '../test/host/owner.cts';
import { packPackage } from '../test/host/pack.cts';
import { Problem } from '../test/host/problem.cts';
import { startSimulators } from '../test/simulators/index.cts';
import type { Simulators } from '../test/simulators/index.cts';
import { readOptions } from './demo/options.cts';
import type { DemoOptions } from './demo/options.cts';
import { resultTable } from './demo/table.cts';

/** One run of a workflow: what to say while it runs, and what has to come of it. */
type Step = readonly [progress: string, expected: ExpectedOutcome];

const OFFBOARD: Step = ['Running the workflow', 'deactivated'];

function stepsFor({ dryRun, undo }: DemoOptions): readonly Step[] {
	if (dryRun) return [['Running the workflow as a dry run', 'wouldDeactivate']];
	if (undo) return [OFFBOARD, ['Running the workflow that undoes it', 'reactivated']];
	return [OFFBOARD, ['Running it again, for the same leaver', 'alreadyDeactivated']];
}

/** What the simulators confirm at the end of a demo, by its last step. */
const CONFIRMATION: Record<ExpectedOutcome, string> = {
	deactivated: 'these accounts are deactivated, and nobody else was touched.',
	alreadyDeactivated: 'these accounts are deactivated, and nobody else was touched.',
	wouldDeactivate: 'nothing was changed.',
	reactivated:
		'the access is back (at Langdock and Odeus, by an invitation), and nobody else was touched.',
};

/**
 * The main job, seen working: the packed package in a real n8n, run against the simulators.
 * Progress goes to standard error, the result to standard output.
 */
async function demo(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	const host = await installHost();
	const simulators = await startSimulators();
	const instance = await prepareInstance(host, simulators, options);

	const passes: Pass[] = [];
	for (const [step, expected] of stepsFor(options)) {
		progress(step);
		const pass = await runPass(instance, simulators, expected);
		passes.push(pass);
		console.log(`\n${resultTable(pass.rows)}\n`);
	}

	const problems = [
		...passes.flatMap((pass, index) =>
			disagreements(pass).map((problem) => `Run ${index + 1}, ${problem}`),
		),
		...violationsOf(simulators),
	];
	const ok = problems.length === 0;
	const last = passes.at(-1)?.expected ?? 'deactivated';
	console.log(
		ok
			? `The simulators agree: ${CONFIRMATION[last]}`
			: `The simulators do not agree:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
	);

	// Everything that was started ends with this process.
	const end = (): never => process.exit(ok ? 0 : 1);
	const { n8nVersion, nodeVersion } = host;
	const [first, second] = passes.map(({ rows }) => rows);
	const json = JSON.stringify({
		ok,
		n8nVersion,
		nodeVersion,
		results: first,
		...(options.undo && { undone: second }),
	});
	if (!options.keep) {
		if (options.json) console.log(json);
		return end();
	}

	simulators.reset();
	progress('Starting n8n');
	const server = await instance.start();
	await setUpOwner(instance.url);
	process.prependOnceListener('SIGINT', end);
	console.log(
		'\nn8n is running, and nobody is deactivated yet: press Execute workflow and watch.\n' +
			`  Open      ${instance.url}/workflow/${LEAVER_WORKFLOW_ID}\n` +
			`  E-mail    ${OWNER.email}\n` +
			`  Password  ${OWNER.password}\n` +
			'Ctrl-C ends everything.',
	);
	if (options.json) console.log(json);
	await server.ended;
	throw new Problem(`n8n ended by itself:\n${server.output().slice(-4000)}`);
}

async function prepareInstance(
	host: Host,
	simulators: Simulators,
	{ dryRun }: DemoOptions,
): Promise<Instance> {
	const instance = await Instance.create(host);
	progress(`Packing the package and setting up a fresh n8n ${host.n8nVersion}`);
	// Both take a while, and neither needs the other: n8n creates its database at the first import.
	const [tarball] = await Promise.all([
		packPackage(temporaryFolder().folder),
		instance.importCredentials(credentialsFor(simulators)),
	]);
	progress('Installing the package and importing the workflows');
	await instance.installPackage(tarball);
	await instance.importWorkflow(exampleWorkflow(LEAVER_WORKFLOW_ID, { dryRun }));
	await instance.importWorkflow(exampleWorkflow(UNDO_WORKFLOW_ID, { dryRun: false }));
	return instance;
}

function progress(step: string): void {
	console.error(`[${process.uptime().toFixed(1).padStart(5)} s] ${step}`);
}

demo().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exit(1);
});
