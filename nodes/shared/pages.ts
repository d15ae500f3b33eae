import { Failure } from './failure';

/** More pages than any of the services can have users for: whoever sends more does not page. */
const MAX_PAGES = 1000;

/**
 * Reads a list to its end: the first page that is not full is the last.
 *
 * @param size how many entries a full page has
 * @param load gives the page that starts behind so many entries
 * @throws Failure `unexpectedResponse` if the list does not end
 */
export async function readAllPages<T>(
	size: number,
	load: (offset: number) => Promise<T[]>,
): Promise<T[]> {
	const all: T[] = [];
	for (let page = 0; page < MAX_PAGES; page++) {
		const entries = await load(page * size);
		all.push(...entries);
		if (entries.length < size) return all;
	}
	throw new Failure('unexpectedResponse', { summary: 'A list of the service does not end' });
}
