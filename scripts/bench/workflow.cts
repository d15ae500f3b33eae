import type { CredentialExport } from '../../test/host/instance.cts';
import type { OpenTurn } from './turns.cts';

/** A turn, with the name of its node. */
interface NamedTurn extends Pick<OpenTurn, 'people' | 'node'> {
	readonly name: string;
}

export const WORKFLOW_ID = 'bench';

/** The node that tells at the end how much memory n8n took. */
export const MEMORY_NODE = 'Memory';

/** The credentials that the turns need: each its own, since the base URL tells them apart. */
export function credentialsFor(turns: readonly NamedTurn[]): CredentialExport[] {
	return turns.flatMap(({ name, node: { credentials } }) =>
		Object.entries(credentials).map(([type, data]) => ({
			...credentialName(name, type),
			type,
			data: { ...data },
		})),
	);
}

function credentialName(turn: string, type: string) {
	return { id: `${turn}-${type}`, name: `${turn} ${type}` };
}

/**
 * A workflow in which the turns are taken one after the other, in their order: n8n works on branches
 * from top to bottom. A failing account ends nothing, so that what came of the others is seen too.
 */
export function workflowFor(turns: readonly NamedTurn[]): object {
	const rows = turns.map((turn, index) => rowFor(turn, index * 100));
	const memory = node(MEMORY_NODE, 'n8n-nodes-bench.memory', [800, 0]);
	const last = turns.at(-1);
	return {
		id: WORKFLOW_ID,
		name: 'Benchmark',
		active: false,
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes: [node('Start', 'n8n-nodes-base.manualTrigger', [0, 0]), ...rows.flat(), memory],
		connections: {
			Start: to(turns.map(peopleName)),
			...Object.fromEntries(
				turns.flatMap((turn) => {
					const names = namesOf(turn);
					return [peopleName(turn), ...names.slice(0, -1)].map((name, index) => [
						name,
						to([names[index] ?? turn.name]),
					]);
				}),
			),
			...(last && { [last.name]: to([MEMORY_NODE]) }),
		},
	};
}

const peopleName = ({ name }: NamedTurn) => `People of ${name}`;

/** The names of the nodes that work on the people of a turn, in their order. */
export function namesOf({ name, node: { before } }: Pick<NamedTurn, 'name' | 'node'>): string[] {
	return before ? [`Before ${name}`, name] : [name];
}

/** The people of a turn, and the nodes that work on them. */
function rowFor(turn: NamedTurn, y: number): object[] {
	const { credentials, before } = turn.node;
	const chosen = Object.keys(credentials).map((key) => [key, credentialName(turn.name, key)]);
	const names = namesOf(turn);
	return [
		node(peopleName(turn), 'n8n-nodes-bench.people', [200, y], turn.people),
		...(before ? [before, turn.node] : [turn.node]).map(
			({ type, typeVersion, parameters }, index) => ({
				...node(names[index] ?? turn.name, type, [400 + 200 * index, y], parameters),
				typeVersion,
				credentials: Object.fromEntries(chosen) as object,
				onError: 'continueRegularOutput',
			}),
		),
	];
}

function node(name: string, type: string, position: [number, number], parameters: object = {}) {
	return { id: name, name, type, typeVersion: 1, position, parameters };
}

function to(names: readonly string[]) {
	return { main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] };
}
