import { runTasks } from '../../../../nodes/shared/n8n/execute';

/** Tasks that end when the test says so. */
function gates(count: number) {
	const ends: Array<(result: string) => void> = [];
	const begun: number[] = [];
	const perform = async (_: unknown, index: number) => {
		begun.push(index);
		return await new Promise<string>((resolve) => (ends[index] = resolve));
	};
	const tasks = Array.from({ length: count }, (_, index) => index);
	return { tasks, begun, perform, end: (index: number, result = 'ok') => ends[index]?.(result) };
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const never = () => false;

it('works on so many tasks at a time, and begins the next as soon as any has ended', async () => {
	const { tasks, begun, perform, end } = gates(4);
	const running = runTasks(tasks, perform, 2, never);
	expect(begun).toEqual([0, 1]);
	end(1);
	await settled();
	expect(begun).toEqual([0, 1, 2]);
	end(2);
	await settled();
	expect(begun).toEqual([0, 1, 2, 3]);
	end(0);
	end(3);
	await running;
});

it('keeps the order, whatever ends first', async () => {
	const { tasks, perform, end } = gates(3);
	const running = runTasks(tasks, perform, 3, never);
	end(2, 'c');
	end(0, 'a');
	end(1, 'b');
	expect(await running).toEqual(['a', 'b', 'c']);
});

it('begins nothing more after a result that ends the run, and finishes what is under way', async () => {
	const { tasks, begun, perform, end } = gates(4);
	const running = runTasks(tasks, perform, 2, (result) => result === 'stop');
	end(0, 'stop');
	await settled();
	end(1, 'done');
	expect(await running).toEqual(['stop', 'done', undefined, undefined]);
	expect(begun).toEqual([0, 1]);
});

it('has nothing to do without tasks', async () => {
	expect(await runTasks([], async () => await Promise.resolve('x'), 10, never)).toEqual([]);
});
