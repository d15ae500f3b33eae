import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { temporaryFolder } from '../test/host/cleanup.cts';
import { installHost } from '../test/host/install.cts';
import type { Host } from '../test/host/install.cts';
import { Instance } from '../test/host/instance.cts';
import { packFolder, packPackage } from '../test/host/pack.cts';
import { Problem } from '../test/host/problem.cts';
import { knee } from './bench/parts/knee.cts';
import { faults, rateLimited, scale, throughput } from './bench/parts/manyUsers.cts';
import { memory } from './bench/parts/memory.cts';
import { oneLeaver } from './bench/parts/oneLeaver.cts';
import { scim } from './bench/parts/scim.cts';
import { startup } from './bench/parts/startup.cts';
import type { Bench, PartReport } from './bench/turns.cts';
import { progress, readOptions, runScript } from './command.cts';

type Part = (bench: Bench, rounds: number) => Promise<PartReport>;

/** By the names that the results have. */
const PARTS = new Map<string, Part>(
	Object.entries({
		knee,
		faults,
		rateLimited,
		scale,
		throughput,
		memory,
		oneLeaver,
		scim,
		startup,
	}),
);
const ALL = [...PARTS.keys()].join(',');

const USAGE = `Usage: npm run bench -- [--only <part>,…] [--rounds <number>] [--json]
  --only    measure these parts only: ${ALL}
  --rounds  how often to measure everything; 3 by default
  --json    print the result as JSON, as the last line`;

/**
 * How fast the packed package is in a real n8n, beside other ways to do the same there. Progress
 * goes to standard error, the result to standard output.
 */
async function benchmark(): Promise<void> {
	const { only, rounds, json } = readOptions(
		{
			only: { type: 'string', default: ALL },
			rounds: { type: 'string', default: '3' },
			json: { type: 'boolean' },
		},
		USAGE,
	);
	const parts = only.split(',').map((name) => {
		const part = PARTS.get(name);
		if (!part) throw new Problem(`There is no part '${name}'.\n\n${USAGE}`);
		return { name, part };
	});
	if (!/^[1-9]\d?$/.test(rounds)) throw new Problem('--rounds must be a number from 1 to 99.');
	const date = new Date().toISOString();
	/** Before the benchmark: more than 0 means that others use the machine too. */
	const [load = 0] = loadavg();
	const host = await installHost();
	const bench = await prepareBench(host);

	const results: Record<string, object> = {};
	const targets: object[] = [];
	for (const { name, part } of parts) {
		progress(`Measuring ${name}`);
		try {
			const report = await part(bench, Number(rounds));
			results[name] = { ...report.figures, turns: report.turns };
			targets.push(...targetsOf(name, report));
			if (!json) show(name, report);
		} catch (error) {
			// What can be measured is, so that one run shows all that is wrong.
			if (!(error instanceof Problem)) throw error;
			results[name] = { problem: error.message };
			process.exitCode = 1;
			console.error(`\n${name} could not be measured. ${error.message}\n`);
		}
	}

	const { n8nVersion, nodeVersion } = host;
	const cores = availableParallelism();
	const about = { date, n8nVersion, nodeVersion, packageVersion: version, cores, load };
	if (json) console.log(JSON.stringify({ ...about, ...results, targets }));
	else console.table(targets);
	// Everything that was started ends with this process.
	process.exit();
}

async function prepareBench(host: Host): Promise<Bench> {
	progress(`Packing the package and setting up a fresh n8n ${host.n8nVersion}`);
	const instance = await Instance.create(host);
	const tarball = await packPackage(temporaryFolder().folder);
	await instance.installPackage(tarball);
	const nodes = join(__dirname, 'bench/nodes');
	await instance.installPackage(await packFolder(nodes, temporaryFolder().folder));
	return { host, instance, tarball };
}

/** The targets of a part, and whether its figures meet them. */
function targetsOf(part: string, { figures, atMost, atLeast = {} }: PartReport): object[] {
	const against = (limits: PartReport['atMost'], isMet: (value: number, to: number) => boolean) =>
		Object.entries(limits).map(([figure, target]) => {
			const value = figures[figure] ?? NaN;
			return { name: `${part}.${figure}`, value, target, met: isMet(value, target) };
		});
	return [
		...against(atMost, (value, target) => value <= target),
		...against(atLeast, (value, target) => value >= target),
	];
}

function show(name: string, { figures, turns }: PartReport): void {
	console.log(`\n${name}`);
	if (turns) console.table(turns, ['users', 'medianMs', 'done', 'requestsPerUser']);
	console.table(figures);
}

runScript(benchmark);
