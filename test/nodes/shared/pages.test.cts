import { readAllPages } from '../../../nodes/shared/pages';

const numbers = (from: number, to: number) =>
	Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

describe('readAllPages', () => {
	it.each([
		['an empty list', 0, 1],
		['one page that is not full', 2, 1],
		['a full page', 3, 2],
		['several pages', 8, 3],
	])('reads %s', async (_, total, requests) => {
		const asked: number[] = [];
		const all = await readAllPages(3, async (offset) => {
			asked.push(offset);
			return await Promise.resolve(numbers(offset, Math.min(offset + 3, total)));
		});
		expect(all).toEqual(numbers(0, total));
		expect(asked).toEqual(numbers(0, requests).map((page) => page * 3));
	});

	it('gives up on a list that does not end, after a thousand pages', async () => {
		const load = jest.fn(async () => await Promise.resolve([1]));
		await expect(readAllPages(1, load)).rejects.toMatchObject({
			reason: 'unexpectedResponse',
			facts: { summary: 'A list of the service does not end' },
		});
		expect(load).toHaveBeenCalledTimes(1000);
	});
});
