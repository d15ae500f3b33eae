import type { CredentialExport } from '../../test/host/instance.cts';
import { ADDRESS_PATTERN, API_KEY } from './place.cts';
import { SIDES } from './sides.cts';
import type { SideName } from './sides.cts';

/** One side that works once on so many people. */
export interface WorkflowTurn {
	/** Also of its node. */
	readonly name: string;
	readonly side: SideName;
	readonly users: number;
	/** Of its place at the service. */
	readonly baseUrl: string;
}

export const WORKFLOW_ID = 'bench';

/** The node that tells at the end how much memory n8n took. */
export const MEMORY_NODE = 'Memory';

/** The credentials that the turns need: each its own, since the base URL tells them apart. */
export function credentialsFor(turns: readonly WorkflowTurn[]): CredentialExport[] {
	return turns.map(({ name, side, baseUrl }) => {
		const { credential } = SIDES[side].node(baseUrl);
		const data =
			credential === 'langdockAdminApi'
				? { baseUrl, apiKey: API_KEY }
				: { name: 'Authorization', value: `Bearer ${API_KEY}` };
		return { id: name, name, type: credential, data };
	});
}

/**
 * A workflow in which the turns are taken one after the other, in their order: n8n works on branches
 * from top to bottom. A failing account ends nothing, so that what came of the others is seen too.
 */
export function workflowFor(turns: readonly WorkflowTurn[]): object {
	const rows = turns.map((turn, index) => rowFor(turn, index * 100));
	const memory = node(MEMORY_NODE, 'n8n-nodes-bench.memory', [600, 0]);
	const last = turns.at(-1);
	return {
		id: WORKFLOW_ID,
		name: 'Benchmark',
		active: false,
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes: [node('Start', 'n8n-nodes-base.manualTrigger', [0, 0]), ...rows.flat(), memory],
		connections: {
			Start: to(turns.map(peopleName)),
			...Object.fromEntries(turns.map((turn) => [peopleName(turn), to([turn.name])])),
			...(last && { [last.name]: to([MEMORY_NODE]) }),
		},
	};
}

const peopleName = ({ name }: WorkflowTurn) => `People of ${name}`;

/** The people of a turn, and the side that works on them. */
function rowFor(turn: WorkflowTurn, y: number): object[] {
	const { name, side, users, baseUrl } = turn;
	const { type, typeVersion, parameters, credential } = SIDES[side].node(baseUrl);
	return [
		node(peopleName(turn), 'n8n-nodes-bench.people', [200, y], {
			count: users,
			pattern: ADDRESS_PATTERN,
		}),
		{
			...node(name, type, [400, y], parameters),
			typeVersion,
			credentials: { [credential]: { id: name, name } },
			onError: 'continueRegularOutput',
		},
	];
}

function node(name: string, type: string, position: [number, number], parameters: object = {}) {
	return { id: name, name, type, typeVersion: 1, position, parameters };
}

function to(names: readonly string[]) {
	return { main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] };
}
