import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { HOST_NAMES, installHost } from '../../host/install.cts';
import type { HostName } from '../../host/install.cts';
import { misfits, originOf, readWorkflow, WORKFLOW_NAMES } from '../../package/workflowFiles.cts';

/** The packages of n8n that the example workflows take nodes from. */
const PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

/** What the nodes of an n8n say of themselves: for each name, one for each group of versions. */
async function typesOf(host: HostName): Promise<ReadonlyMap<string, INodeTypeDescription[]>> {
	const { modules } = await installHost(host);
	const types = new Map<string, INodeTypeDescription[]>();
	for (const name of PACKAGES) {
		const file = join(modules, name, 'dist/types/nodes.json');
		for (const type of JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[]) {
			// Only the base package leaves its own name out.
			const key = type.name.startsWith(`${name}.`) ? type.name : `${name}.${type.name}`;
			types.set(key, [...(types.get(key) ?? []), type]);
		}
	}
	return types;
}

describe.each(HOST_NAMES)('the nodes of the %s n8n', (host) => {
	let types: ReadonlyMap<string, INodeTypeDescription[]>;
	beforeAll(async () => {
		types = await typesOf(host);
	}, 10 * 60_000);

	test.each(WORKFLOW_NAMES)('are used as they are by %s', (name) => {
		const foreign = readWorkflow(name).nodes.filter(
			({ type }) => !type.startsWith('n8n-nodes-offboarding.'),
		);
		const problems = foreign.flatMap((node) => {
			const known = types.get(node.type) ?? types.get(originOf(node.type)) ?? [];
			const fits = known.find(({ version }) => [version].flat().includes(node.typeVersion));
			return fits ? misfits(node, fits) : [`${node.name}: no ${node.type} ${node.typeVersion}`];
		});
		expect(problems).toEqual([]);
	});
});
