import { serve, type Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { readWorkflow, WORKFLOW_NAMES } from '../../package/workflowFiles.cts';

/** What n8n's own migration report says that n8n 3.0 breaks. */

jest.setTimeout(60_000);

interface Report {
	readonly report: {
		readonly instanceResults: ReadonlyArray<{ readonly ruleId: string }>;
		readonly workflowResults: ReadonlyArray<{
			readonly ruleId: string;
			readonly nbAffectedWorkflows: number;
		}>;
	};
	readonly totalWorkflows: number;
}

/** Rules about how n8n itself runs, whatever is installed in it. */
const HOST_RULES = [
	// Only where n8n runs outside a container.
	'docker-only-deployment-v3',
	'compression-node-limits-v3',
	'task-runner-task-timeout-v3',
	'workflow-import-url-removed-v3',
];

let n8n: Served;

beforeAll(async () => {
	// As on most hosts, n8n's default decides on unverified packages.
	n8n = await serve(packed().tarball, { N8N_UNVERIFIED_PACKAGES_ENABLED: undefined });
}, 10 * 60_000);
afterAll(async () => await n8n?.stop());

const report = async () =>
	await n8n.editor.post<Report>('/rest/breaking-changes/report/refresh?version=v3', {});

test('names no example workflow, and of the package only that it is unverified', async () => {
	for (const name of WORKFLOW_NAMES) await n8n.editor.save(readWorkflow(name));
	const { report: found, totalWorkflows } = await report();

	expect(totalWorkflows).toBe(WORKFLOW_NAMES.length);
	expect(found.workflowResults).toEqual([]);
	const named = found.instanceResults.map(({ ruleId }) => ruleId);
	expect(named.filter((rule) => !HOST_RULES.includes(rule))).toEqual(['unverified-packages-v3']);

	// It does look into the nodes.
	const [trigger] = readWorkflow('offboard-leaver').nodes;
	const node = { ...trigger, parameters: { notes: '={{ $getPairedItem() }}' } };
	await n8n.editor.save({ name: 'broken', nodes: [node], connections: {} });
	expect((await report()).report.workflowResults).toMatchObject([
		{ ruleId: 'get-paired-item-v3', nbAffectedWorkflows: 1 },
	]);
});
