/** What comes behind a node, at its first output. */
export const to = (...names: string[]) => ({
	main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
});

/**
 * A workflow in which each of some nodes gets an item for each of some people.
 *
 * @param connections between these nodes, if not all of them come behind 'Split'
 */
export function workflowFor(
	id: string,
	emails: readonly string[],
	nodes: ReadonlyArray<{ readonly name: string; readonly [field: string]: unknown }>,
	connections: object = { Split: to(...nodes.map(({ name }) => name)) },
): object {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const people = {
		name: 'People',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ email: emails }), options: {} },
	};
	const split = {
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'email', options: {} },
	};
	return {
		id,
		name: id,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [start, people, split, ...nodes].map((node, index) => ({
			id: `${id}-${index}`,
			position: [0, index * 100],
			...node,
		})),
		connections: {
			Start: to('People'),
			People: to('Split'),
			...connections,
		},
	};
}
