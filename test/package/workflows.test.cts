import type { INodeTypeDescription } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { Langdock } from '../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../nodes/Odeus/Odeus.node';
import { OffboardUser } from '../../nodes/OffboardUser/OffboardUser.node';
import { Scim } from '../../nodes/Scim/Scim.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, SERVICE_NAMES } from '../simulators/index.cts';
import { misfits, originOf, readWorkflow, SUB_WORKFLOW, WORKFLOW_NAMES } from './workflowFiles.cts';

const OURS = new Map(
	[Langdock, Odeus, Aitronos, Zitadel, Awork, Scim, OffboardUser].map((Node) => {
		const { description }: { description: INodeTypeDescription } = new Node();
		return [`n8n-nodes-offboarding.${description.name}`, description];
	}),
);
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

	it('uses our nodes as they are', () => {
		const problems = steps.flatMap((node) => {
			const description = OURS.get(originOf(node.type));
			return description ? misfits(node, description) : [];
		});
		expect(problems).toEqual([]);
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
