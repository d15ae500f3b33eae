import { name, version } from '../../../package.json';
import { temporaryFolder } from '../../host/cleanup.cts';
import type { RunningCommand } from '../../host/command.cts';
import { Editor } from '../../host/editor.cts';
import { HOST_NAMES, installHost } from '../../host/install.cts';
import { Instance } from '../../host/instance.cts';
import {
	credentialsFor,
	LEAVER_WORKFLOW_ID,
	leaverWebhook,
	rowsOf,
	WEBHOOK_KEY,
} from '../../host/offboarding.cts';
import type { PersonItem } from '../../host/offboarding.cts';
import { packPackage } from '../../host/pack.cts';
import { SERVICE_NAMES, STAFF, startSimulators } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';
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

	const offboard = async (): Promise<Response> =>
		await fetch(await instance.webhook('offboard-leaver'), {
			method: 'POST',
			headers: { 'content-type': 'application/json', [WEBHOOK_KEY.name]: WEBHOOK_KEY.value },
			body: JSON.stringify({ email: STAFF.leaver.email }),
		});
	/** The leaver loses the access to all services, as the services themselves see it. */
	const expectOffboarding = async (): Promise<void> => {
		const people = (await (await offboard()).json()) as PersonItem[];
		const rows = people.flatMap(rowsOf);
		const done = { done: true, outcome: 'deactivated' };
		expect(rows).toEqual(
			SERVICE_NAMES.map((service) => expect.objectContaining({ service, ...done })),
		);
		for (const service of SERVICE_NAMES) {
			expect(simulators[service].account(STAFF.leaver.email)?.state).toBe('deactivated');
		}
	};
	/** n8n works, and says of our workflow what is wrong with it. */
	const expectUnknownNodes = async (): Promise<void> => {
		const response = await offboard();
		expect(response.ok).toBe(false);
		expect(await response.text()).toContain(`Unrecognized node type: ${name}.`);
		for (const service of SERVICE_NAMES) {
			expect(simulators[service].requests).toEqual([]);
		}
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
		await expectOffboarding();
	});

	test('tells of a newer version and updates to it; workflows and credentials go on', async () => {
		await have(OLDER);
		expect(await installed()).toMatchObject([
			{ installedVersion: OLDER, updateAvailable: version },
		]);
		await expectOffboarding();
		const before = await belongings();

		await editor.ask('PATCH', '/rest/community-packages', { name, version });
		expect(await installed()).toMatchObject([{ installedVersion: version }]);
		expect((await installed())[0]?.updateAvailable).toBeUndefined();
		expect(await belongings()).toEqual(before);
		simulators.reset();
		await expectOffboarding();
	});

	test('uninstalls it, and n8n goes on, today and after a restart', async () => {
		await have(version);
		const before = await belongings();
		await uninstall();
		expect(await installed()).toEqual([]);
		await expectUnknownNodes();

		await stop();
		server = await instance.start();
		await expectUnknownNodes();
		expect(await belongings()).toEqual(before);

		await install(version);
		await expectOffboarding();
	});

	test('works where it was put by hand, is not listed then, and can still be installed', async () => {
		await have(undefined);
		await stop();
		await instance.installPackage(tarball);
		server = await instance.start();
		expect(await installed()).toEqual([]);
		await expectOffboarding();

		await install(version);
		expect(await installed()).toMatchObject([{ installedVersion: version }]);
		simulators.reset();
		await expectOffboarding();
	});
});
