import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { filledIn } from '../harness/filledIn.cts';
import { packageNodes } from '../harness/packageTypes.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, SERVICE_NAMES } from '../simulators/index.cts';
import { readWorkflow, SUB_WORKFLOW, WORKFLOW_NAMES } from './workflowFiles.cts';

const OURS = packageNodes();
/** n8n makes tools of nodes, with fields of their own. */
const originOf = (type: string) => type.replace(/Tool$/, '');
const TOOL_FIELDS = ['descriptionType', 'toolDescription'];
const NOTE = 'n8n-nodes-base.stickyNote';

describe.each(WORKFLOW_NAMES)('the workflow %s', (name) => {
	const { nodes, connections, ...rest } = readWorkflow(name);
	const steps = nodes.filter(({ type }) => type !== NOTE);

	it('is like what n8n exports, and nothing is running or pinned', () => {
		expect(rest).toEqual({
			name: expect.stringMatching(/\w/) as string,
			settings: { executionOrder: 'v1' },
			pinData: {},
		});
	});

	it('uses nodes of n8n and of this package, and no others', () => {
		const foreign = nodes.filter(
			({ type }) =>
				!/^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\.\w+$/.test(type) &&
				!OURS.has(originOf(type)),
		);
		expect(foreign).toEqual([]);
		const ours = steps.filter(({ type }) => OURS.has(originOf(type)));
		expect(ours.length > 0).toBe(name !== SUB_WORKFLOW);
	});

	it('has our nodes with the fields that they have', () => {
		for (const node of steps.filter(({ type }) => OURS.has(originOf(type)))) {
			const description = OURS.get(originOf(node.type))?.description;
			if (!description) throw new Error(`no node type ${node.type}`);
			expect(node.typeVersion).toBe(description.version);
			const given = Object.entries(filledIn(node).parameters).filter(
				([field]) => !(node.type.endsWith('Tool') && TOOL_FIELDS.includes(field)),
			);
			const parameters = Object.fromEntries(given) as INodeParameters;
			const { properties } = description;
			// n8n leaves out what a node does not have, or does not show with these values.
			expect(
				NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description),
			).toMatchObject(parameters);
			expect(
				NodeHelpers.getNodeParametersIssues(properties, { ...node, parameters }, description),
			).toBeNull();
		}
	});

	it('never counts every "already deactivated" as done', () => {
		expect(JSON.stringify(steps)).not.toContain('ifAlreadyDeactivated');
	});

	it('leaves it to the admin to choose the sub-workflow', () => {
		const calls = steps.filter(({ type }) => type.endsWith('.executeWorkflow'));
		const chosen = calls.map(({ parameters }) => parameters['workflowId']);
		expect(chosen).toEqual(calls.map(() => ({ __rl: true, mode: 'list', value: '' })));
		// With Continue here, n8n passes on the message only.
		expect(calls.filter(({ onError }) => onError !== undefined)).toEqual([]);
	});

	it('holds no credentials', () => {
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		const secrets = SERVICE_NAMES.flatMap((service) => Object.values(SEED[service].secrets));
		expect(findSecrets([nodes], secrets)).toEqual([]);
	});

	it('names only its own steps in connections and expressions', () => {
		const targets = [...JSON.stringify(connections).matchAll(/"node":"(.+?)"/g)];
		const quoted = [...JSON.stringify(steps).matchAll(/\$\('(.+?)'\)/g)];
		const named = [...targets, ...quoted].map(([, step]) => step);
		const known = steps.map((node) => node.name);
		expect(known).toEqual(expect.arrayContaining([...Object.keys(connections), ...named]));
	});
});
