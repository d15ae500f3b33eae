import { SIDES } from '../../../scripts/bench/sides.cts';
import type { SideName } from '../../../scripts/bench/sides.cts';
import { inRounds } from '../../../scripts/bench/turns.cts';
import { credentialsFor, workflowFor } from '../../../scripts/bench/workflow.cts';

interface Workflow {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly position: readonly [number, number];
		readonly credentials?: Readonly<Record<string, { readonly id: string }>>;
	}>;
	readonly connections: Readonly<
		Record<string, { readonly main: ReadonlyArray<ReadonlyArray<{ readonly node: string }>> }>
	>;
}

const turns = (Object.keys(SIDES) as SideName[]).map((side) => ({
	name: `${side}-1`,
	side,
	users: 3,
	baseUrl: `http://127.0.0.1:1/${side}-1`,
}));
const { nodes, connections } = workflowFor(turns) as Workflow;
const after = (name: string) => connections[name]?.main[0]?.map(({ node }) => node) ?? [];

test('every turn has people of its own, from top to bottom in the order of the turns', () => {
	const names = after('Start').flatMap(after);
	expect(names).toEqual(turns.map(({ name }) => name));
	const heights = names.map((name) => nodes.find((node) => node.name === name)?.position[1]);
	expect(heights).toEqual([...heights].sort((one = 0, other = 0) => one - other));
	expect(new Set(heights).size).toBe(turns.length);
});

test('the memory is read when the last turn is over', () => {
	expect(turns.map(({ name }) => after(name))).toEqual([
		...turns.slice(1).map(() => []),
		['Memory'],
	]);
});

test('every side has a credential that there is, for its own place', () => {
	const credentials = credentialsFor(turns);
	for (const { name, baseUrl } of turns) {
		const credential = credentials.find(({ id }) => id === name);
		const used = nodes.find((node) => node.name === name)?.credentials;
		expect(used).toEqual({ [String(credential?.type)]: { id: name, name } });
		if (credential?.type === 'langdockAdminApi') expect(credential.data['baseUrl']).toBe(baseUrl);
	}
});

test('in each round another side begins', () => {
	const rounds = inRounds(
		[
			{ side: 'ours', users: 1 },
			{ side: 'httpRequest', users: 1 },
		],
		2,
	);
	expect(rounds.map(({ side, round }) => `${side} ${round}`)).toEqual([
		'ours 1',
		'httpRequest 1',
		'httpRequest 2',
		'ours 2',
	]);
});
