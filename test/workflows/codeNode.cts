import { readWorkflow } from '../package/workflowFiles.cts';

/** The id of the execution. */
export const NOW = 'execution-now';

/** A Code node of an example workflow, as a function of its input and of what other steps put out. */
export function codeNode<Json>(workflow: string, name: string) {
	const { nodes } = readWorkflow(workflow);
	const code = String(nodes.find((node) => node.name === name)?.parameters['jsCode']);
	const program = new Function('$', '$input', '$execution', code) as (
		...globals: readonly unknown[]
	) => ReadonlyArray<{ readonly json: Json }>;
	const wrap = (items: readonly object[]) => items.map((json) => ({ json }));
	return (input: readonly object[], steps: Readonly<Record<string, readonly object[]>> = {}) => {
		const step = (of: string) => ({
			isExecuted: of in steps,
			all: () => wrap(steps[of] ?? []),
			first: () => wrap(steps[of] ?? [])[0],
		});
		return program(step, { all: () => wrap(input) }, { id: NOW }).map(({ json }) => json);
	};
}
