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
import type { ResultRow } from '../test/host/offboarding.cts';
import { OWNER, setUpOwner } from '../test/host/owner.cts';
import { packPackage } from '../test/host/pack.cts';
import { Problem } from '../test/host/problem.cts';
import { startSimulators } from '../test/simulators/index.cts';
import type { Simulators } from '../test/simulators/index.cts';
import { progress, readOptions, runScript } from './command.cts';

const USAGE = `Usage: npm run demo -- [--dry-run | --undo] [--json] [--keep]
  --dry-run  only say what would happen, and change nothing
  --undo     give the access back afterwards
  --json     print the result as JSON, as the last line
  --keep     leave n8n running with the workflow open, and print where and how to sign in`;

/** For each outcome of a run: what to say while it runs, and what the simulators then confirm. */
const RUNS: Record<ExpectedOutcome, readonly [step: string, confirmation: string]> = {
	deactivated: ['Running the workflow', ''],
	alreadyDeactivated: [
		'Running it again, for the same leaver',
		'these accounts are deactivated, and nobody else was touched.',
	],
	wouldDeactivate: ['Running the workflow as a dry run', 'nothing was changed.'],
	reactivated: [
		'Running the workflow that undoes it',
		'the access is back (at Langdock and Odeus, by an invitation), and nobody else was touched.',
	],
};

/**
 * The main job, seen working: the packed package in a real n8n, run against the simulators.
 * Progress goes to standard error, the result to standard output.
 */
async function demo(): Promise<void> {
	const flag = { type: 'boolean', default: false } as const;
	const flags = { 'dry-run': flag, undo: flag, json: flag, keep: flag };
	const { 'dry-run': dryRun, undo, json, keep } = readOptions(flags, USAGE);
	if (dryRun && undo) throw new Problem(`--dry-run leaves nothing for --undo to undo.\n\n${USAGE}`);
	const host = await installHost();
	const simulators = await startSimulators();
	const instance = await prepareInstance(host, simulators, dryRun);

	const last = dryRun ? 'wouldDeactivate' : undo ? 'reactivated' : 'alreadyDeactivated';
	const outcomes: ExpectedOutcome[] = dryRun ? [last] : ['deactivated', last];
	const passes: Pass[] = [];
	for (const expected of outcomes) {
		progress(RUNS[expected][0]);
		const pass = await runPass(instance, simulators, expected);
		passes.push(pass);
		console.log();
		show(pass.rows);
	}

	const problems = [
		...passes.flatMap((pass, index) =>
			disagreements(pass).map((problem) => `Run ${index + 1}, ${problem}`),
		),
		...violationsOf(simulators),
	];
	const ok = problems.length === 0;
	console.log(
		ok
			? `\nThe simulators agree: ${RUNS[last][1]}`
			: `\nThe simulators do not agree:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
	);

	// Everything that was started ends with this process.
	const end = (): never => process.exit(ok ? 0 : 1);
	const { n8nVersion, nodeVersion } = host;
	const [results, undone] = passes.map(({ rows }) => rows);
	const result = { ok, n8nVersion, nodeVersion, results, ...(undo && { undone }) };
	if (keep) {
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
		if (json) console.log(JSON.stringify(result));
		await server.ended;
		throw new Problem(`n8n ended by itself:\n${server.output().slice(-4000)}`);
	}
	if (json) console.log(JSON.stringify(result));
	end();
}

/** The workflow's result for people: a line per account, and below it what went wrong. */
function show(rows: readonly ResultRow[]): void {
	const lines = rows.map((row) => {
		const { service, userId, email, leaver, user, outcome, changed } = row;
		const cells = {
			Account: userId ?? email ?? leaver ?? user ?? '',
			Outcome: outcome ?? 'none: see below',
			Changed: changed ? 'yes' : 'no',
			'State before': row.stateBefore ?? 'unknown',
			'State after': row.stateAfter ?? 'unknown',
		};
		return [service, cells] as const;
	});
	console.table(Object.fromEntries(lines));
	for (const { service, error } of rows) if (error) console.log(`${service}: ${error}`);
}

async function prepareInstance(
	host: Host,
	simulators: Simulators,
	dryRun: boolean,
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

runScript(demo);
