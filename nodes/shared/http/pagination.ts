import { z } from 'zod';

import { Failure } from '../model/failure';

/** Some entries of a list. */
export interface Page<T> {
	entries: readonly T[];
	/** What to ask for the next page with; absent on the last one. */
	next?: number | undefined;
	/** How many entries the whole list has, where a list that is read too quickly may lose some. */
	total?: number | undefined;
}

/** How many entries a list has, as a number or its text. Anything else tells nothing: it is no zero. */
export const totalCount = z
	.union([
		z.number(),
		z
			.string()
			.regex(/^\d{1,15}$/)
			.transform(Number),
	])
	.pipe(z.number().int().min(0))
	.optional()
	.catch(undefined);

/** A list that is read page by page. */
export interface PagedList<T> {
	/** Gives the page that begins there. */
	load(start: number): Promise<Page<T>>;
	/** Where the first page begins (default: 0). */
	first?: number;
}

/** Which entries of a list are wanted, and how many of them. */
export interface Selection<T> {
	matches(entry: T): boolean;
	limit: number;
}

/** The most pages in a row that bring nothing new. */
const MAX_FRUITLESS = 20;

/** The most pages of one list. None of the services has so many users. */
const MAX_PAGES = 500;

/** How often a list is read again that changed meanwhile. */
const MAX_ROUNDS = 3;

const EVERYTHING = { matches: () => true, limit: Infinity };

/**
 * Reads a list to its end, or until enough is found, each entry once.
 *
 * @param keyOf tells entries apart
 * @param selection what to return; nothing else is kept in memory
 * @throws Failure `unexpectedResponse` if the list has no end, or pages are the same again and again
 */
export async function readAllPages<T>(
	list: PagedList<T>,
	keyOf: (entry: T) => string,
	selection: Selection<T> = EVERYTHING,
): Promise<T[]> {
	const found: Found<T> = { keys: new Set(), entries: new Map() };
	const chosen = () => [...found.entries.values()].slice(0, selection.limit);
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const before = found.keys.size;
		const { pages, totals } = await readOnce(list, keyOf, selection, found);
		// Within one page nothing can move.
		if (pages === 1 || totals.size === 0 || found.entries.size >= selection.limit) return chosen();
		const [total = 0] = totals;
		const isWhole = found.keys.size >= total || found.keys.size === before;
		if (totals.size === 1 && isWhole) return chosen();
	}
	throw new Failure('unexpectedResponse', {
		summary: 'The list of users changed while it was read',
		advice: 'Run the workflow again: repeating is safe.',
	});
}

interface Found<T> {
	keys: Set<string>;
	/** Those that are wanted. */
	entries: Map<string, T>;
}

async function readOnce<T>(
	{ load, first = 0 }: PagedList<T>,
	keyOf: (entry: T) => string,
	{ matches, limit }: Selection<T>,
	found: Found<T>,
): Promise<{ pages: number; totals: ReadonlySet<number> }> {
	const seen = new Set<string>();
	const totals = new Set<number>();
	let start = first;
	let fruitless = 0;
	for (let pages = 1; ; pages++) {
		const { entries, next, total } = await load(start);
		if (total !== undefined) totals.add(total);
		const before = seen.size;
		for (const entry of entries) {
			const key = keyOf(entry);
			seen.add(key);
			found.keys.add(key);
			if (matches(entry)) found.entries.set(key, entry);
			else found.entries.delete(key);
		}
		if (next === undefined || found.entries.size >= limit) return { pages, totals };

		const isRepeated = entries.length > 0 && seen.size === before;
		fruitless = seen.size === before ? fruitless + 1 : 0;
		if (isRepeated || fruitless > MAX_FRUITLESS || pages === MAX_PAGES) {
			throw new Failure('unexpectedResponse', {
				summary: 'The service keeps returning more pages',
			});
		}
		start = next;
	}
}
