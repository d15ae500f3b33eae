/**
 * Odd but possible behaviour that any service can be told to show, for all requests until `reset`:
 * `simulator.behave({ paging: 'ignored' })`. What a single answer can be is a `Fault` instead.
 */
export interface Switches {
	/** Looking up any account answers about this one, by its id. */
	readonly answersAbout?: string;
	/** Lists and searches ignore what they were asked to filter by. */
	readonly filtersIgnored?: boolean;
	/** Lists show accounts as they were before their last changes, until `settle` is called. */
	readonly listLags?: boolean;
	/** These stand before the real rows of every page of a list, and are not counted. */
	readonly oddRows?: readonly OddRow[];
	/**
	 * `ignored`: every page is the first one. `endless`: every page is full, rows come again and
	 * again, and no total tells where the end is.
	 */
	readonly paging?: 'heeded' | 'ignored' | 'endless';
}

/** A row that is not of the documented form. */
export interface OddRow {
	/** `null`, a text, or an object with an id that is missing, `null` or has an `@`. */
	readonly kind: 'null' | 'text' | 'withoutId' | 'nullId' | 'idWithAt';
	/** Whose address an object carries: a stranger's by default. */
	readonly email?: string;
}

/** The switches of one simulator: as set at the start, until `behave` changes them. */
export class Switchboard<All extends object> {
	current: All;

	constructor(private readonly initial: All) {
		this.current = initial;
	}

	set(switches: Partial<All>): void {
		this.current = { ...this.current, ...switches };
	}

	reset(): void {
		this.current = this.initial;
	}
}

/** The rows of one page, and the total as the service counts it, if it still does. */
export function pageOf<Row>(
	rows: readonly Row[],
	{ offset, size }: { readonly offset: number; readonly size: number },
	{ paging }: Switches,
): { readonly page: readonly Row[]; readonly total: number | undefined } {
	if (paging === 'endless' && rows.length > 0) {
		const again = Array.from({ length: Math.ceil(size / rows.length) }, () => rows).flat();
		return { page: again.slice(0, size), total: undefined };
	}
	const from = paging === 'ignored' ? 0 : offset;
	return { page: rows.slice(from, from + size), total: rows.length };
}

/**
 * The odd rows, then the real ones.
 *
 * @param bodyOf makes the row of an account with this address
 * @param idField where a row's id is
 */
export function withOddRows(
	rows: readonly unknown[],
	{ oddRows = [] }: Switches,
	bodyOf: (email: string) => Record<string, unknown>,
	idField: string,
): unknown[] {
	const oddRow = ({ kind, email = 'odd.row@example.org' }: OddRow): unknown => {
		if (kind === 'null') return null;
		if (kind === 'text') return 'not a row';
		// A field that is `undefined` is left out of the JSON.
		const id = { withoutId: undefined, nullId: null, idWithAt: 'odd@row.example' }[kind];
		return { ...bodyOf(email), [idField]: id };
	};
	return [...oddRows.map(oddRow), ...rows];
}
