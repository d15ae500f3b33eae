import { readAllPages, type Page } from '../../../../nodes/shared/http/pagination';

const numbers = (from: number, to: number) =>
	Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** Reads a list of numbers, and notes where each page was asked to begin. */
async function read(load: (start: number, request: number) => Page<number>, first?: number) {
	const asked: number[] = [];
	const list = {
		load: async (start: number) => await Promise.resolve(load(start, asked.push(start))),
		...(first !== undefined && { first }),
	};
	const end = await readAllPages(list, String).catch((error: unknown) => error);
	return { end, asked };
}

const failure = (summary: string) => ({ reason: 'unexpectedResponse', facts: { summary } });

describe('readAllPages', () => {
	it.each([
		['an empty list', 0, [0]],
		['a single page', 3, [0]],
		['several pages', 8, [0, 3, 6]],
	])('reads %s', async (_, total, starts) => {
		const { end, asked } = await read((start) => {
			const next = Math.min(start + 3, total);
			return { entries: numbers(start, next), ...(next < total && { next }) };
		});
		expect(end).toEqual(numbers(0, total));
		expect(asked).toEqual(starts);
	});

	it('reads on after short and empty pages, from the first as the service counts them', async () => {
		const pages = [[], [0, 1, 2], [], [3], [], [4]];
		const { end } = await read(
			(page) => ({ entries: pages[page] ?? [], ...(page < 5 && { next: page + 1 }) }),
			1,
		);
		expect(end).toEqual(numbers(0, 5));
	});

	it.each([
		['answers every page with the first one', [1, 2], 2],
		['keeps returning empty pages', [], 21],
	])('soon gives up on a service that %s', async (_, entries, requests) => {
		const { end, asked } = await read((start) => ({ entries, next: start + 1 }));
		expect(end).toMatchObject(failure('The service keeps returning more pages'));
		expect(asked).toHaveLength(requests);
	});
});

describe('a list that changes while it is read', () => {
	/** Pages of two; in the first round, one entry moves to a page that was read before. */
	const moving = (start: number, request: number): Page<number> => {
		const list = request === 2 ? [0, 2, 1, 3] : [0, 1, 2, 3];
		return { entries: list.slice(start, start + 2), total: 4, ...(start === 0 && { next: 2 }) };
	};

	it('is read again until all of its entries were seen', async () => {
		const { end, asked } = await read(moving);
		expect(end).toEqual([0, 1, 3, 2]);
		expect(asked).toEqual([0, 2, 0, 2]);
	});

	it('is complete if another round finds nothing new: its total may count others, too', async () => {
		const { end, asked } = await read((start) => ({
			entries: [start],
			total: 3,
			...(start === 0 && { next: 1 }),
		}));
		expect(end).toEqual([0, 1]);
		expect(asked).toEqual([0, 1, 0, 1]);
	});

	it('is given up after three rounds', async () => {
		const { end, asked } = await read((start, request) => ({
			entries: [start === 0 ? 0 : request],
			total: 9,
			...(start === 0 && { next: 1 }),
		}));
		expect(end).toMatchObject(failure('The list of users changed while it was read'));
		expect(asked).toEqual([0, 1, 0, 1, 0, 1]);
	});

	it('is not read again if it fits into one page', async () => {
		const { end, asked } = await read(() => ({ entries: [1], total: 2 }));
		expect(end).toEqual([1]);
		expect(asked).toEqual([0]);
	});
});
