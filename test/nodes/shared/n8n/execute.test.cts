import { first, scriptedRun } from '../../scriptedRun.cts';
import { sampleOf } from '../../services.cts';

const { service, parameters } = sampleOf('zitadel');

describe('execute', () => {
	it.each([
		[1.005, 1005],
		[16.1, 16_100],
	])('waits for %d seconds, though they are no whole milliseconds', async (timeout, expected) => {
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
		['the prototype', '__proto__'],
		['a number', 0],
		['an object that is no text', { toString: NaN }],
		['nothing', null],
		['endless', 'x'.repeat(10_000)],
	])('refuses an operation that is %s, and does not repeat it', async (_, operation) => {
		const run = { parameters: { ...parameters, operation: [operation] }, answers: [] };
		const json = first(await scriptedRun(service, { ...run, continueOnFail: true }));
		expect(json).toEqual({
			error: "ZITADEL: 'Operation' is none that this node has [Item 0]",
			details: {
				service: 'zitadel',
				reason: 'invalidInput',
				description: 'Choose an operation from the list.',
			},
		});
		await expect(scriptedRun(service, run)).rejects.toThrow("'Operation' is none that this node");
	});
});
