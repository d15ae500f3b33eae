import { itemsOf, readExecution, timeOf } from './execution.cts';

const execution = {
	status: 'success',
	data: {
		resultData: {
			runData: {
				Result: [{ executionTime: 12, data: { main: [[{ json: { done: true } }]] } }],
			},
		},
	},
};

test('finds the execution between the lines of the log', () => {
	const printed = JSON.stringify(execution, null, 2);
	const output = `Registered {runner}\n${printed}\nReceived {"a":1}\n`;
	expect(itemsOf(readExecution(output), 'Result')).toEqual([{ done: true }]);
});

test('knows how long a node took', () => {
	expect(timeOf(execution, 'Result')).toBe(12);
});

test('says so if there is none', () => {
	expect(() => readExecution('The workflow does not exist.')).toThrow('printed no execution');
});

test('says so if a node was not reached', () => {
	expect(() => itemsOf(execution, 'Collect')).toThrow("'Collect' was not reached");
});
