import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { Langdock } from '../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../nodes/Odeus/Odeus.node';
import { OffboardUser } from '../../nodes/OffboardUser/OffboardUser.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, SERVICE_NAMES } from '../simulators/index.cts';
import { root } from './packed.cts';
import { misfits, originOf, readWorkflow, SUB_WORKFLOW, WORKFLOW_NAMES } from './workflowFiles.cts';

const OURS = new Map(
	[Langdock, Odeus, Aitronos, Zitadel, Awork, OffboardUser].map((Node) => {
		const { description }: { description: INodeTypeDescription } = new Node();
		return [`n8n-nodes-offboarding.${description.name}`, description];
	}),
);
const NOTE = 'n8n-nodes-base.stickyNote';

test('there are example workflows', () => {
	expect(WORKFLOW_NAMES.length).toBeGreaterThan(1);
});

describe.each(WORKFLOW_NAMES)('the workflow %s', (name) => {
	const { nodes, connections, ...rest } = readWorkflow(name);
	const notes = nodes.filter(({ type }) => type === NOTE);
	const steps = nodes.filter(({ type }) => type !== NOTE);
	const links = Object.entries(connections).flatMap(([from, byType]) =>
		Object.entries(byType).flatMap(([type, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map((target) => ({ from, type, output, to: target.node })),
			),
		),
	);

	it('is like what n8n exports, and nothing is running or pinned', () => {
		expect(rest).toEqual({
			name: expect.stringMatching(/\w/) as string,
			settings: { executionOrder: 'v1' },
			pinData: {},
		});
	});

	it('has names and IDs that tell its nodes apart', () => {
		for (const key of ['id', 'name'] as const) {
			const values = nodes.map((node) => node[key]);
			expect(values).toEqual([...new Set(values)]);
		}
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

	it('lets every step be reached from a trigger, or serve one that is', () => {
		const reached = new Set(steps.filter(isTrigger).map((node) => node.name));
		// Steps in a row, and what an agent has at hand.
		const next = () =>
			links.flatMap(({ from, type, to }) =>
				type === 'main' ? (reached.has(from) ? [to] : []) : reached.has(to) ? [from] : [],
			);
		for (let size = 0; size < reached.size; ) {
			size = reached.size;
			next().forEach((step) => reached.add(step));
		}
		const turnedOn = steps.filter(({ disabled }) => disabled !== true);
		expect(turnedOn.map((node) => node.name).filter((step) => !reached.has(step))).toEqual([]);
	});

	it('leads nowhere but to its own steps', () => {
		const known = steps.map((node) => node.name);
		for (const { from, to } of links) expect(known).toEqual(expect.arrayContaining([from, to]));
	});

	it('speaks of its own steps in expressions', () => {
		const named = [...JSON.stringify(steps).matchAll(/\$\('(.+?)'\)/g)].map(([, step]) => step);
		const known = steps.map((node) => node.name);
		expect(known).toEqual(expect.arrayContaining(named));
	});

	it('has notes that say what it is and how to begin', () => {
		const texts = notes.map(({ parameters }) => String(parameters['content']));
		expect(texts.length).toBeGreaterThan(1);
		for (const text of texts) expect(text).toMatch(/^## \S/);
		expect(texts.join()).toMatch(/1\. \*\*/);
	});

	it('shows everything side by side', () => {
		const apart = (boxes: readonly Box[]) =>
			boxes.flatMap((a, index) =>
				boxes.slice(index + 1).flatMap((b) => (overlap(a, b) ? [`${a.name}, ${b.name}`] : [])),
			);
		expect(apart(steps.map(boxOf))).toEqual([]);
		expect(apart(notes.map(boxOf))).toEqual([]);
	});

	it('is in the list of the README', () => {
		const readme = readFileSync(join(root, 'README.md'), 'utf8');
		const listed = [...readme.matchAll(/^\| \[.+?\]\(workflows\/(.+?)\.json\)/gm)];
		expect(listed.map(([, file]) => file)).toContain(name);
	});
});

const isTrigger = ({ type }: INode): boolean => /(Trigger|\.webhook)$/.test(type);

interface Box {
	readonly name: string;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** The place of a node on the canvas. */
function boxOf({ name, position: [left, top], parameters }: INode): Box {
	const { width = 96, height = 96 } = parameters as { width?: number; height?: number };
	return { name, left, top, right: left + width, bottom: top + height };
}

const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
