import type { INodeExecutionData } from 'n8n-workflow';

/**
 * Works off the items of a run. Exactly one output item comes out for each input item, in the
 * order of the input.
 *
 * @param perform settles one item; it rejects only if the whole run has to end
 */
export async function runItems<Task>(
	tasks: readonly Task[],
	perform: (task: Task, itemIndex: number) => Promise<INodeExecutionData>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, task] of tasks.entries()) output.push(await perform(task, itemIndex));
	return output;
}
