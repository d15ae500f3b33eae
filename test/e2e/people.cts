/** A workflow in which each of some nodes gets an item for each of some people. */
export function workflowFor(
	id: string,
	emails: readonly string[],
	nodes: ReadonlyArray<{ readonly name: string; readonly [field: string]: unknown }>,
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
	const to = (...names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
	});
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
			Split: to(...nodes.map(({ name }) => name)),
		},
	};
}
