import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { temporaryFolder } from '../test/host/cleanup.cts';
import { installHost } from '../test/host/install.cts';
import type { Host } from '../test/host/install.cts';
import { Instance } from '../test/host/instance.cts';
import { packFolder, packPackage } from '../test/host/pack.cts';
import { Problem } from '../test/host/problem.cts';
import { readOptions } from './bench/options.cts';
import * as allParts from './bench/parts/index.cts';
import { reportText, targetsOf } from './bench/report.cts';
import type { PartReport } from './bench/report.cts';
import { BenchService } from './bench/service.cts';
import type { Bench } from './bench/turns.cts';

type Part = (bench: Bench, rounds: number) => Promise<PartReport>;
type PartName = keyof typeof allParts;

const PARTS: Readonly<Record<PartName, Part>> = allParts;

/**
 * How fast the packed package is in a real n8n, beside other ways to do the same there. Progress
 * goes to standard error, the result to standard output.
 */
async function benchmark(): Promise<void> {
	const options = readOptions(process.argv.slice(2), Object.keys(PARTS) as PartName[]);
	const date = new Date().toISOString();
	const [load = 0] = loadavg();
	const host = await installHost();
	const bench = await prepareBench(host);

	const reports: Array<readonly [PartName, PartReport]> = [];
	const problems: Array<readonly [PartName, string]> = [];
	for (const name of options.parts) {
		progress(`Measuring ${name}`);
		try {
			reports.push([name, await PARTS[name](bench, options.rounds)]);
		} catch (error) {
			// What can be measured is, so that one run shows all that is wrong.
			if (!(error instanceof Problem)) throw error;
			problems.push([name, error.message]);
			console.error(`\n${name} could not be measured. ${error.message}\n`);
		}
	}

	const about = {
		date,
		n8nVersion: host.n8nVersion,
		nodeVersion: host.nodeVersion,
		packageVersion: version,
		cores: availableParallelism(),
		/** Before the benchmark: more than 0 means that others use the machine too. */
		load,
	};
	if (options.json) {
		const results = reports.map(([name, { figures, turns }]) => [name, { ...figures, turns }]);
		const failures = problems.map(([name, problem]) => [name, { problem }]);
		const targets = reports.flatMap(([name, report]) => targetsOf(name, report));
		const parts = Object.fromEntries([...results, ...failures]) as object;
		console.log(JSON.stringify({ ...about, ...parts, targets }));
	} else {
		console.log(
			`\nn8n ${about.n8nVersion}, Node ${about.nodeVersion}, ${about.cores} cores, load ${load.toFixed(1)} before\n`,
		);
		console.log(reportText(reports));
	}
	// Everything that was started ends with this process.
	process.exit(problems.length === 0 ? 0 : 1);
}

async function prepareBench(host: Host): Promise<Bench> {
	progress(`Packing the package and setting up a fresh n8n ${host.n8nVersion}`);
	const instance = await Instance.create(host);
	const tarball = await packPackage(temporaryFolder().folder);
	await instance.installPackage(tarball);
	const nodes = join(__dirname, 'bench/nodes');
	await instance.installPackage(await packFolder(nodes, temporaryFolder().folder));
	return { host, instance, tarball, service: await BenchService.start() };
}

function progress(step: string): void {
	console.error(`[${process.uptime().toFixed(1).padStart(5)} s] ${step}`);
}

benchmark().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exit(1);
});
