import { createSemaphore } from '../../../../nodes/shared/http/semaphore';
import { runTasks } from '../../../../nodes/shared/n8n/execute';
import { first, scriptedRun } from '../../scriptedRun.cts';
import { byId, sampleOf } from '../../services.cts';

const { service, parameters } = sampleOf('zitadel');

describe('execute', () => {
	it.each([
		[1.005, 1005],
		[16.1, 16_100],
	])('waits %d seconds for a response: %d whole milliseconds', async (timeout, expected) => {
		const run = { parameters: { ...parameters, operation: 'get', options: { timeout } } };
		const { requests, output } = await scriptedRun(service, {
			...run,
			answers: [{ status: 200, body: { user: { userId: '163840776835432705' } } }],
		});
		expect(output[0]?.json).toHaveProperty('outcome', 'found');
		expect(requests[0]?.timeout).toBe(expected);
	});

	it.each([
		['unknown', 'delete'],
		['a name that every object has', 'constructor'],
		['an object that is not text', { toString: NaN }],
		['missing', null],
		['endless', 'x'.repeat(10_000)],
	])('refuses an operation that is %s, and does not quote it', async (_, operation) => {
		const run = { parameters: { ...parameters, operation: [operation] }, answers: [] };
		const json = first(await scriptedRun(service, { ...run, continueOnFail: true }));
		const description = 'Choose an operation from the list.';
		const error = 'ZITADEL: Unknown operation';
		expect(json).toMatchObject({ error, description, reason: 'invalidInput' });
		expect(json).not.toHaveProperty('details.operation');
		await expect(scriptedRun(service, run)).rejects.toThrow(error);
	});
});

it('sends nothing if any item is invalid and the node stops on errors', async () => {
	const run = {
		parameters: { ...parameters, userId: [byId('1'), byId('')] },
		answers: [],
		items: 2,
	};
	const error = { message: "ZITADEL: 'User' is empty", context: { itemIndex: 1 } };
	await expect(scriptedRun(service, run)).rejects.toMatchObject(error);
});

/** Tasks that end when the test says so. */
function gates(count: number) {
	const ends: Array<(result: string) => void> = [];
	const begun: number[] = [];
	const perform = async (_: unknown, index: number) => {
		begun.push(index);
		return await new Promise<string>((resolve) => (ends[index] = resolve));
	};
	const tasks = Array.from({ length: count }, (_, index) => index);
	return { tasks, begun, perform, end: (index: number, result: string) => ends[index]?.(result) };
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const places = (count: number) => createSemaphore(() => count);

describe('runTasks', () => {
	it('begins the next task as soon as any ends, and keeps the order of the tasks', async () => {
		const { tasks, begun, perform, end } = gates(4);
		const running = runTasks(tasks, perform, places(2), () => false);
		const ends: Array<[task: number, begun: number[]]> = [
			[1, [0, 1]],
			[2, [0, 1, 2]],
			[0, [0, 1, 2, 3]],
			[3, [0, 1, 2, 3]],
		];
		for (const [task, expected] of ends) {
			await settled();
			expect(begun).toEqual(expected);
			end(task, String(task));
		}
		expect(await running).toEqual(['0', '1', '2', '3']);
	});

	it('begins no further task after a result that ends the run, and finishes those under way', async () => {
		const { tasks, begun, perform, end } = gates(4);
		const running = runTasks(tasks, perform, places(2), (result) => result === 'stop');
		await settled();
		end(0, 'stop');
		await settled();
		end(1, 'done');
		expect(await running).toEqual(['stop', 'done', undefined, undefined]);
		expect(begun).toEqual([0, 1]);
	});
});
