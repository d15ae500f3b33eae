import { parseArgs } from 'node:util';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { ServiceName, Simulators } from './index.cts';

const DEFAULT_PORT_BASE = 41801;
/** So that the last of the ports is one too. */
const HIGHEST_PORT_BASE = 65535 - SERVICE_NAMES.length + 1;

/** What a player types into n8n: the credential's values, then the node's. */
const FACTS: Record<ServiceName, ReadonlyArray<readonly [label: string, value: string]>> = {
	langdock: workspaceFacts('langdock'),
	odeus: workspaceFacts('odeus'),
	aitronos: [
		['API key', SEED.aitronos.secrets.valid],
		['API key without permission', SEED.aitronos.secrets.withoutPermission],
		['Access token', SEED.aitronos.secrets.validToken],
		['Organization ID', SEED.aitronos.organizationId],
		["Leaver's e-mail", STAFF.leaver.email],
		["Leaver's user ID", SEED.aitronos.accounts.leaver.userId],
		['Department ID for the transfer', SEED.aitronos.departments.transferTarget],
	],
	zitadel: [
		['Personal access token', SEED.zitadel.secrets.valid],
		['Token without permission', SEED.zitadel.secrets.withoutPermission],
		['Client ID', SEED.zitadel.client.id],
		['Client secret', SEED.zitadel.client.secret],
		["Leaver's e-mail", STAFF.leaver.email],
		["Leaver's user ID", SEED.zitadel.accounts.leaver.userId],
	],
	awork: [
		['API key', SEED.awork.secrets.valid],
		['API key without permission', SEED.awork.secrets.withoutPermission],
		["Leaver's e-mail", STAFF.leaver.email],
		["Leaver's user ID", SEED.awork.accounts.leaver.id],
	],
};

function workspaceFacts(service: 'langdock' | 'odeus'): Array<readonly [string, string]> {
	const { secrets, accounts } = SEED[service];
	return [
		['API key', secrets.valid],
		['API key without the scope', secrets.withoutPermission],
		["Leaver's e-mail", accounts.leaver.email],
	];
}

function portBaseFromArguments(): number {
	const { values } = parseArgs({ options: { 'port-base': { type: 'string' } } });
	const portBase = Number(values['port-base'] ?? DEFAULT_PORT_BASE);
	if (!Number.isInteger(portBase) || portBase < 1 || portBase > HIGHEST_PORT_BASE) {
		throw new Error(`--port-base must be a whole number from 1 to ${HIGHEST_PORT_BASE}.`);
	}
	return portBase;
}

function table(simulators: Simulators): string {
	const rows = Object.entries(FACTS).flatMap(([name, facts]) => [
		[name, 'Base URL', simulators[name as ServiceName].baseUrl] as const,
		...facts.map(([label, value]) => ['', label, value] as const),
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
