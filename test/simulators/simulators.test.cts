import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { ServiceName, Simulators } from './index.cts';

/** How the leaver is deactivated at each service: the path and the body. */
const DEACTIVATE: Record<ServiceName, readonly [path: string, body?: object]> = {
	langdock: ['/user-management/v1/deactivate-user', { email: STAFF.leaver.email }],
	odeus: ['/user-management/v1/deactivate-user', { email: STAFF.leaver.email }],
	aitronos: [
		`/v1/organizations/${SEED.aitronos.organizationId}/users/usr_kim/deactivate`,
		{ transfer_resources_to_department_id: SEED.aitronos.departments.transferTarget },
	],
	zitadel: [`/v2/users/${SEED.zitadel.accounts.leaver.userId}/deactivate`, {}],
	awork: [`/users/${SEED.awork.accounts.leaver.id}/deactivate`],
};

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterAll(async () => await simulators.close());

async function send(name: ServiceName, key: string, path: string, body?: object): Promise<number> {
	const response = await fetch(`${simulators[name].baseUrl}${path}`, {
		method: 'POST',
		headers: {
			...(name === 'aitronos' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` }),
			...(body && { 'content-type': 'application/json' }),
		},
		...(body && { body: JSON.stringify(body) }),
	});
	return response.status;
}

it.each(SERVICE_NAMES)(
	'%s deactivates, refuses, reports what is wrong, and resets',
	async (name) => {
		const key = SEED[name].secrets.valid;
		const simulator = simulators[name];
		const stateOf = () => simulator.account(STAFF.leaver.email)?.state;

		expect(await send(name, 'unknown', ...DEACTIVATE[name])).toBe(401);
		expect(stateOf()).toBe('active');
		expect(await send(name, key, ...DEACTIVATE[name])).toBe(name === 'awork' ? 204 : 200);
		expect(stateOf()).toBe('deactivated');
		expect(simulator.violations).toEqual([]);
		await send(name, key, DEACTIVATE[name][0], { force: true });
		await send(name, key, '/no/such/path', {});
		expect(simulator.violations).toHaveLength(2);
		simulator.reset();
		expect([stateOf(), simulator.requests]).toEqual(['active', []]);
	},
);

it('npm run simulators prints what to type, serves, and stops on Ctrl-C', async () => {
	const cli = spawn(
		process.execPath,
		['--import', 'tsx', 'test/simulators/cli.cts', '--port-base', '0'],
		{ cwd: join(__dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const ended = once(cli, 'close');
	let output = '';
	cli.stdout.on('data', (chunk) => (output += String(chunk)));
	while (!output.includes('Ctrl-C')) await once(cli.stdout, 'data');
	for (const name of SERVICE_NAMES) expect(output).toContain(SEED[name].secrets.valid);
	cli.kill('SIGINT');
	expect(await ended).toEqual([0, null]);
}, 60_000);
