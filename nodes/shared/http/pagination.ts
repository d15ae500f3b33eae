import { Failure } from '../model/failure';

/** Some entries of a list. */
export interface Page<T> {
	entries: readonly T[];
	/** What to ask for the next page with; absent on the last one. */
	next?: number | undefined;
	/** How many entries the whole list has, where a list that is read too quickly may lose some. */
	total?: number | undefined;
}

/** The most pages in a row that bring nothing new. */
const MAX_FRUITLESS = 20;

/** The most pages of one list. None of the services has so many users. */
const MAX_PAGES = 500;

/** How often a list is read again that changed meanwhile. */
const MAX_ROUNDS = 3;

/**
 * Reads a list to its end, each entry once.
 *
 * @param load gives the page that begins there
 * @param keyOf tells entries apart
 * @throws Failure `unexpectedResponse` if the list has no end, or pages are the same again and again
 */
export async function readAllPages<T>(
	load: (start: number) => Promise<Page<T>>,
	keyOf: (entry: T) => string,
	first = 0,
): Promise<T[]> {
	const found = new Map<string, T>();
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const before = found.size;
		const { pages, total } = await readOnce(load, keyOf, first, found);
		// Within one page nothing can move.
		const isWhole = pages === 1 || total === undefined || found.size >= total;
		if (isWhole || found.size === before) return [...found.values()];
	}
	throw new Failure('unexpectedResponse', {
		summary: 'The list of users changed while it was read',
		advice: 'Run the workflow again: repeating is safe.',
	});
}

async function readOnce<T>(
	load: (start: number) => Promise<Page<T>>,
	keyOf: (entry: T) => string,
	first: number,
	found: Map<string, T>,
): Promise<{ pages: number; total: number | undefined }> {
	const seen = new Set<string>();
	let start = first;
	let fruitless = 0;
	for (let pages = 1; ; pages++) {
		const { entries, next, total } = await load(start);
		const before = seen.size;
		for (const entry of entries) {
			seen.add(keyOf(entry));
			found.set(keyOf(entry), entry);
		}
		if (next === undefined) return { pages, total };

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
