import { name, version } from '../../../package.json';
import { temporaryFolder } from '../../host/cleanup.cts';
import type { RunningCommand } from '../../host/command.cts';
import { Editor } from '../../host/editor.cts';
import { HOST_NAMES, installHost } from '../../host/install.cts';
import { Instance } from '../../host/instance.cts';
import { credentialsFor, LEAVER_WORKFLOW_ID, leaverWebhook } from '../../host/offboarding.cts';
import { packPackage } from '../../host/pack.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';
import { expectOffboarding, expectUnknownNodes } from './offboarding.cts';
import { startRegistry } from './registry.cts';
import type { Registry } from './registry.cts';
import { packAs } from './versions.cts';

/** What Settings → Community nodes does: n8n's own installation, update and removal. */

jest.setTimeout(10 * 60 * 1000);

const OLDER = '0.0.1';

interface InstalledPackage {
	readonly packageName: string;
	readonly installedVersion: string;
	readonly updateAvailable?: string;
	readonly failedLoading?: boolean;
	readonly installedNodes: ReadonlyArray<{ readonly type: string }>;
}

/** What belongs to the users, and has to outlast any version of the package. */
interface Belongings {
	readonly nodes: readonly object[];
	readonly credentials: ReadonlyArray<{ readonly id: string; readonly type: string }>;
}

describe.each(HOST_NAMES)('in the %s n8n', (hostName) => {
	let temporary: ReturnType<typeof temporaryFolder>;
	let simulators: Simulators;
	let registry: Registry;
	let tarball: string;
	let instance: Instance;
	let server: RunningCommand;
	let editor: Editor;

	beforeAll(async () => {
		const host = await installHost(hostName);
		simulators = await startSimulators();
		temporary = temporaryFolder();
		const { folder } = temporary;
		registry = await startRegistry(host, folder);
		tarball = await packPackage(folder);
		registry.publish(packAs(tarball, OLDER, folder));
		registry.publish(tarball);

		instance = await Instance.create(host, registry.environment);
		await instance.importCredentials(credentialsFor(simulators));
		await instance.importWorkflow(leaverWebhook());
		server = await instance.start();
		editor = await Editor.open(instance.url);

		await install(OLDER);
		await publish(LEAVER_WORKFLOW_ID);
	});
	beforeEach(() => simulators.reset());
	afterAll(async () => {
		await registry.close();
		await simulators.close();
		await stop();
		instance.remove();
		temporary.remove();
	});

	const stop = async (): Promise<void> => {
		server.kill('SIGTERM');
		await server.ended;
	};
	const installed = async (): Promise<InstalledPackage[]> =>
		await editor.ask('GET', '/rest/community-packages');
	const install = async (wanted: string): Promise<void> => {
		await editor.ask('POST', '/rest/community-packages', { name, version: wanted });
	};
	const uninstall = async (): Promise<void> => {
		await editor.ask('DELETE', `/rest/community-packages?name=${name}`);
	};
	/** Brings n8n to where a test begins, whatever the tests before have left. */
	const have = async (wanted: string | undefined): Promise<void> => {
		const [present] = await installed();
		if (present?.installedVersion === wanted) return;
		if (present !== undefined) await uninstall();
		if (wanted !== undefined) await install(wanted);
	};
	const publish = async (id: string): Promise<void> => {
		const { versionId } = await editor.ask<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		await editor.ask('POST', `/rest/workflows/${id}/activate`, { versionId });
	};
	const belongings = async (): Promise<Belongings> => {
		const workflow = await editor.ask<Belongings>('GET', `/rest/workflows/${LEAVER_WORKFLOW_ID}`);
		const credentials = await editor.ask<Belongings['credentials']>('GET', '/rest/credentials');
		return {
			nodes: workflow.nodes,
			credentials: credentials.map(({ id, type }) => ({ id, type })),
		};
	};

	test('installs the package, lists it, and its nodes work at once', async () => {
		await have(undefined);
		await install(version);

		const packages = await installed();
		expect(packages).toMatchObject([{ packageName: name, installedVersion: version }]);
		expect(packages[0]?.failedLoading ?? false).toBe(false);
		expect(packages[0]?.installedNodes.map(({ type }) => type).sort()).toEqual(
			[...SERVICE_NAMES, 'offboardUser'].sort().map((node) => `${name}.${node}`),
		);
		await expectOffboarding(instance, simulators);
	});

	test('tells of a newer version and updates to it; workflows and credentials go on', async () => {
		await have(OLDER);
		expect(await installed()).toMatchObject([
			{ installedVersion: OLDER, updateAvailable: version },
		]);
		await expectOffboarding(instance, simulators);
		const before = await belongings();

		await editor.ask('PATCH', '/rest/community-packages', { name, version });
		expect(await installed()).toMatchObject([{ installedVersion: version }]);
		expect((await installed())[0]?.updateAvailable).toBeUndefined();
		expect(await belongings()).toEqual(before);
		simulators.reset();
		await expectOffboarding(instance, simulators);
	});

	test('uninstalls it, and n8n goes on, today and after a restart', async () => {
		await have(version);
		const before = await belongings();
		await uninstall();
		expect(await installed()).toEqual([]);
		await expectUnknownNodes(instance, simulators);

		await stop();
		server = await instance.start();
		await expectUnknownNodes(instance, simulators);
		expect(await belongings()).toEqual(before);

		await install(version);
		await expectOffboarding(instance, simulators);
	});

	test('works where it was put by hand, is not listed then, and can still be installed', async () => {
		await have(undefined);
		await stop();
		await instance.installPackage(tarball);
		server = await instance.start();
		expect(await installed()).toEqual([]);
		await expectOffboarding(instance, simulators);

		await install(version);
		expect(await installed()).toMatchObject([{ installedVersion: version }]);
		simulators.reset();
		await expectOffboarding(instance, simulators);
	});
});
