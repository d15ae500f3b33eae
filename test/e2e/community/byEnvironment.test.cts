import { name, version } from '../../../package.json';
import { communityPackage } from '../../../scripts/communityPackages.cts';
import { temporaryFolder } from '../../host/cleanup.cts';
import { Cluster } from '../../host/cluster.cts';
import type { RunningCommand } from '../../host/command.cts';
import { Editor } from '../../host/editor.cts';
import { installHost, type Host } from '../../host/install.cts';
import type { Instance, Role } from '../../host/instance.cts';
import { credentialsFor, exampleWorkflow, LEAVER_WORKFLOW_ID } from '../../host/offboarding.cts';
import { serve } from '../../host/served.cts';
import { changedSince, statesOf } from '../../host/staff.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, startSimulators, type Simulators } from '../../simulators/index.cts';
import { startRegistry, type Registry } from './registry.cts';

/**
 * n8n installs the package from its environment. Its settings are those that n8n 3.0 makes the
 * default: no unverified packages, and manual runs on the workers.
 */

jest.setTimeout(2 * 60 * 1000);

const { tarball } = packed();
const declared = communityPackage(tarball);

let host: Host;
let temporary: ReturnType<typeof temporaryFolder>;
let registry: Registry;

beforeAll(async () => {
	host = await installHost();
	temporary = temporaryFolder();
	registry = await startRegistry(host, temporary.folder);
	registry.publish(tarball);
}, 10 * 60_000);
afterAll(async () => {
	await registry.close();
	temporary.remove();
});

const settings = (checksum = declared.checksum) => ({
	...registry.environment,
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
	N8N_COMMUNITY_PACKAGES: JSON.stringify([{ ...declared, checksum }]),
});

test('a wrong checksum is refused, and n8n starts without the package', async () => {
	const n8n = await serve(undefined, settings(declared.checksum.toLowerCase()));
	try {
		expect(n8n.output()).toContain(
			`Failed to install community package '${name}@${version}' from env: ` +
				'Failed to verify package checksum',
		);
		expect(await n8n.editor.ask('GET', '/rest/community-packages')).toEqual([]);
	} finally {
		await n8n.stop();
	}
});

describe('in queue mode', () => {
	let simulators: Simulators;
	let cluster: Cluster;
	let main: Instance;
	let server: RunningCommand;
	let worker: RunningCommand;
	let processor: RunningCommand;
	let editor: Editor;

	beforeAll(async () => {
		simulators = await startSimulators();
		cluster = await Cluster.create(host);
		main = await cluster.join(settings());
		await main.importCredentials(credentialsFor(simulators));
		await main.importWorkflow(exampleWorkflow(LEAVER_WORKFLOW_ID, { dryRun: false }));
		[worker, processor] = await Promise.all([start('worker'), start('webhook')]);
		server = await cluster.start(main, 'main');
		editor = await Editor.open(main.url);
	}, 5 * 60_000);
	beforeEach(() => simulators.reset());
	afterAll(async () => {
		await cluster.remove();
		await simulators.close();
	});

	const stop = async (process: RunningCommand): Promise<void> => {
		process.kill('SIGTERM');
		await process.ended;
	};
	/** Starts one more process, with a folder of its own. */
	const start = async (role: Role, more: NodeJS.ProcessEnv = {}): Promise<RunningCommand> =>
		await cluster.start(await cluster.join({ ...settings(), ...more }), role);

	/** Runs the workflow by hand, and the leaver loses the access to all services. */
	const expectOffboarding = async (): Promise<void> => {
		const before = statesOf(simulators);
		const { id, status } = await editor.run(LEAVER_WORKFLOW_ID, 'Start');
		expect(status).toBe('success');
		expect(worker.output()).toContain(`Worker started execution ${id}`);
		expect(changedSince(before, simulators)).toHaveLength(SERVICE_NAMES.length);
	};

	test('the main process installs it and tells the others, and the worker runs a workflow', async () => {
		expect(server.output()).toContain(`Installed community package '${name}@${version}' from env`);
		for (const told of [worker, processor]) {
			await told.says(`Community package installed: ${name}`, 60);
		}
		expect(await editor.ask('GET', '/rest/community-packages')).toMatchObject([
			{ packageName: name, installedVersion: version, failedLoading: false },
		]);
		await expectOffboarding();
	});

	test('it is still there after a restart', async () => {
		await stop(server);
		server = await cluster.start(main, 'main');
		await expectOffboarding();
	});

	test('a worker that finds its folder empty gets it if unverified packages are on, and runs a workflow', async () => {
		await stop(worker);
		worker = await start('worker', {
			N8N_REINSTALL_MISSING_PACKAGES: 'true',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		});
		expect(worker.output()).toContain('reinstalled successfully');
		await expectOffboarding();
	});
});
