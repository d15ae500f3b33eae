import { Failure } from '../model/failure';

/** More pages than any of the services can have users for: whoever sends more does not page. */
const MAX_PAGES = 1000;

/** Some entries of a list. */
export interface Page<T> {
	entries: T[];
	/** Whether nothing comes after them. */
	isLast: boolean;
}

/**
 * A page of a service that gives as many entries as it is asked for, as long as it has them: one
 * that is not full is the last. Where a service may give fewer, only it can tell which is the last.
 */
export function pageOf<T>(entries: T[], size: number): Page<T> {
	return { entries, isLast: entries.length < size };
}

/**
 * Reads a list to its end.
 *
 * @param load gives the page that starts behind so many entries
 * @throws Failure `unexpectedResponse` if it does not come to one
 */
export async function readAllPages<T>(load: (offset: number) => Promise<Page<T>>): Promise<T[]> {
	const all: T[] = [];
	for (let page = 0; page < MAX_PAGES; page++) {
		const { entries, isLast } = await load(all.length);
		all.push(...entries);
		if (isLast) return all;
		// Nothing, and more to come: it would be asked for over and over.
		if (entries.length === 0) break;
	}
	throw new Failure('unexpectedResponse', { summary: 'A list of the service does not end' });
}
