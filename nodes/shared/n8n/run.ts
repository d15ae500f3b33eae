/**
 * Works off tasks, several at a time. The results are in the order of the tasks, however long each
 * takes; a slow one holds nobody else up.
 *
 * @param perform settles one task; it never rejects
 * @param width how many tasks are worked on at a time
 * @param endsRun tells by a result whether no further task may be begun; those under way are finished
 * @returns undefined for each task that was not begun
 */
export async function runTasks<Task, Result>(
	tasks: readonly Task[],
	perform: (task: Task, index: number) => Promise<Result>,
	width: number,
	endsRun: (result: Result) => boolean,
): Promise<Array<Result | undefined>> {
	const results = tasks.map((): Result | undefined => undefined);
	const waiting = tasks.entries();
	let isOver = false;

	const work = async (): Promise<void> => {
		for (const [index, task] of waiting) {
			const result = await perform(task, index);
			results[index] = result;
			isOver ||= endsRun(result);
			if (isOver) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, work));
	return results;
}
