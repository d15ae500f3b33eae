import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { name, version } from '../../../package.json';
import { temporaryFolder } from '../../host/cleanup.cts';
import { HOST_NAMES, installHost } from '../../host/install.cts';
import { credentialsFor, EVERYWHERE } from '../../host/offboarding.cts';
import { postJson } from '../../host/postJson.cts';
import { serve, type Served } from '../../host/served.cts';
import { changedSince, statesOf } from '../../host/staff.cts';
import { unpack } from '../../package/globalSetup.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, STAFF, startSimulators, type Simulators } from '../../simulators/index.cts';
import { flow, ours, webhook } from '../flow.cts';
import { startRegistry, type Registry } from './registry.cts';

/** What Settings → Community nodes does: n8n's own installation, update and removal. */

jest.setTimeout(10 * 60 * 1000);

const OLDER = '0.0.1';
const PATH = 'leaver';
const { tarball } = packed();

interface InstalledPackage {
	readonly installedVersion: string;
	readonly updateAvailable?: string;
	readonly failedLoading?: boolean;
	readonly installedNodes: ReadonlyArray<{ readonly type: string }>;
}

/** Packs the same package once more under another version. */
function packAs(other: string, folder: string): string {
	unpack(tarball, join(folder, 'package'));
	const npm = (...args: string[]) => execFileSync('npm', args, { cwd: join(folder, 'package') });
	npm('version', other, '--no-git-tag-version');
	npm('pack', '--ignore-scripts', '--pack-destination', folder);
	return join(folder, `${name}-${other}.tgz`);
}

describe.each(HOST_NAMES)('in the %s n8n', (hostName) => {
	const { folder, remove } = temporaryFolder();
	let simulators: Simulators;
	let registry: Registry;
	let n8n: Served;
	let workflow: string;

	beforeAll(async () => {
		simulators = await startSimulators();
		registry = await startRegistry(await installHost(hostName), folder);
		registry.publish(packAs(OLDER, folder));
		registry.publish(tarball);
		n8n = await serve(undefined, registry.environment, credentialsFor(simulators), hostName);
		const everywhere = { ...EVERYWHERE, email: '={{ $json.body.email }}' };
		workflow = await n8n.editor.save(
			flow('Leaver', webhook(PATH), [ours('offboardUser', 'Everywhere', everywhere)]),
		);
	});
	beforeEach(() => simulators.reset());
	afterAll(async () => {
		await registry.close();
		await simulators.close();
		await n8n.stop();
		remove();
	});

	const packages = '/rest/community-packages';
	const installed = async () => await n8n.editor.ask<InstalledPackage[]>('GET', packages);
	const install = async (wanted: string) =>
		await n8n.editor.post<InstalledPackage>(packages, { name, version: wanted });
	/** What belongs to the users, and has to outlast any version of the package. */
	const belongings = async () => {
		const { nodes } = await n8n.editor.ask<{ nodes: object[] }>(
			'GET',
			`/rest/workflows/${workflow}`,
		);
		const credentials = await n8n.editor.ask<object[]>('GET', '/rest/credentials');
		return { nodes, credentials };
	};

	const offboard = async () =>
		await postJson(await n8n.instance.webhook(PATH), { email: STAFF.leaver.email });
	/** The leaver loses the access to all services, as the services themselves see it. */
	const expectOffboarding = async () => {
		const before = statesOf(simulators);
		expect(await (await offboard()).json()).toMatchObject({ complete: true });
		expect(changedSince(before, simulators)).toEqual(
			SERVICE_NAMES.map((service) => `${service} ${STAFF.leaver.email} deactivated`),
		);
	};
	/** n8n works, and says of our workflow what is wrong with it. */
	const expectUnknownNodes = async () => {
		const response = await offboard();
		expect(response.ok).toBe(false);
		expect(await response.text()).toContain(`Unrecognized node type: ${name}.`);
		for (const service of SERVICE_NAMES) expect(simulators[service].requests).toEqual([]);
	};

	test('installs the package, updates and uninstalls it; workflows and credentials go on', async () => {
		await install(OLDER);
		await n8n.editor.activate(workflow);
		const [older] = await installed();
		expect(older).toMatchObject({ installedVersion: OLDER, updateAvailable: version });
		expect(older?.failedLoading ?? false).toBe(false);
		expect(older?.installedNodes.map(({ type }) => type).sort()).toEqual(
			[...SERVICE_NAMES, 'offboardUser'].sort().map((node) => `${name}.${node}`),
		);
		await expectOffboarding();
		const before = await belongings();

		await n8n.editor.ask('PATCH', packages, { name, version });
		const [newer] = await installed();
		expect(newer?.installedVersion).toBe(version);
		expect(newer?.updateAvailable).toBeUndefined();
		expect(await belongings()).toEqual(before);
		simulators.reset();
		await expectOffboarding();

		await n8n.editor.ask('DELETE', `${packages}?name=${name}`);
		expect(await installed()).toEqual([]);
		simulators.reset();
		await expectUnknownNodes();
		await n8n.restart();
		await expectUnknownNodes();
		expect(await belongings()).toEqual(before);
	});

	test('works where it was put by hand, is not listed then, and can still be installed', async () => {
		await n8n.restart(async () => await n8n.instance.installPackage(tarball));
		expect(await installed()).toEqual([]);
		await n8n.editor.activate(workflow);
		await expectOffboarding();

		await install(version);
		expect(await installed()).toMatchObject([{ installedVersion: version }]);
		simulators.reset();
		await expectOffboarding();
	});
});
