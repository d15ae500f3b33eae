import { parseArgs } from 'node:util';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { ServiceName, Simulators } from './index.cts';

const DEFAULT_PORT_BASE = 41801;
/** So that the last of the ports is one too. */
const HIGHEST_PORT_BASE = 65535 - SERVICE_NAMES.length + 1;

/** What a player types into n8n: the credential's values, then the node's. */
function factsOf(name: ServiceName): ReadonlyArray<readonly [label: string, value: string]> {
	const { accounts, secrets, ...more } = SEED[name];
	const { leaver } = accounts;
	const id = 'userId' in leaver ? leaver.userId : 'id' in leaver ? leaver.id : undefined;
	return [
		...Object.entries(secrets).map(([label, key]) => [`Key: ${label}`, key] as const),
		...Object.entries({ ...('client' in more && more.client), ...more }).flatMap(
			([label, value]) => (typeof value === 'string' ? [[label, value] as const] : []),
		),
		["Leaver's e-mail", STAFF.leaver.email],
		...(id === undefined ? [] : [["Leaver's user ID", id] as const]),
	];
}

function portBaseFromArguments(): number {
	const { values } = parseArgs({ options: { 'port-base': { type: 'string' } } });
	const portBase = Number(values['port-base'] ?? DEFAULT_PORT_BASE);
	if (!Number.isInteger(portBase) || portBase < 0 || portBase > HIGHEST_PORT_BASE) {
		throw new Error(`--port-base must be a whole number from 0 to ${HIGHEST_PORT_BASE}.`);
	}
	return portBase;
}

function table(simulators: Simulators): string {
	const rows = SERVICE_NAMES.flatMap((name) => [
		[name, 'Base URL', simulators[name].baseUrl] as const,
		...factsOf(name).map(([label, value]) => ['', label, value] as const),
	]);
	const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length)) + 2;
	return rows
		.map(([name, label, value]) => `${name.padEnd(width(0))}${label.padEnd(width(1))}${value}`)
		.join('\n');
}

/** Runs until Ctrl-C. */
async function main(): Promise<void> {
	const simulators = await startSimulators({ portBase: portBaseFromArguments() });
	const stop = () => void simulators.close().then(() => console.log('Stopped.'));
	process.once('SIGINT', stop).once('SIGTERM', stop);
	console.log(`${table(simulators)}\n\nPress Ctrl-C to stop.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
