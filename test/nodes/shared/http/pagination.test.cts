import { pageOf, readAllPages } from '../../../../nodes/shared/http/pagination';

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
		const all = await readAllPages(async (offset) => {
			asked.push(offset);
			return await Promise.resolve(pageOf(numbers(offset, Math.min(offset + 3, total)), 3));
		});
		expect(all).toEqual(numbers(0, total));
		expect(asked).toEqual(numbers(0, requests).map((page) => page * 3));
	});

	it('goes on behind a page that is not full, where the service says that more comes', async () => {
		const asked: number[] = [];
		const all = await readAllPages(async (offset) => {
			asked.push(offset);
			const entries = numbers(offset, Math.min(offset + (offset === 0 ? 1 : 2), 5));
			return await Promise.resolve({ entries, isLast: offset + entries.length === 5 });
		});
		expect(all).toEqual(numbers(0, 5));
		expect(asked).toEqual([0, 1, 3]);
	});

	it.each([
		['does not end', [1], 1000],
		['says that more comes, and gives nothing', [], 1],
	])('gives up on a list that %s', async (_, entries, requests) => {
		const load = jest.fn(async () => await Promise.resolve({ entries, isLast: false }));
		await expect(readAllPages(load)).rejects.toMatchObject({
			reason: 'unexpectedResponse',
			facts: { summary: 'A list of the service does not end' },
		});
		expect(load).toHaveBeenCalledTimes(requests);
	});
});
