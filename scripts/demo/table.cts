import type { ResultRow } from '../../test/host/offboarding.cts';
import { textTable } from '../textTable.cts';

const columns: ReadonlyArray<readonly [title: string, cell: (row: ResultRow) => string]> = [
	['Service', ({ service }) => service],
	['Account', ({ userId, email, leaver, user }) => userId ?? email ?? leaver ?? user ?? ''],
	['Outcome', ({ outcome }) => outcome ?? 'none: see below'],
	['Changed', ({ changed }) => (changed ? 'yes' : 'no')],
	['State before', ({ stateBefore }) => stateBefore ?? 'unknown'],
	['State after', ({ stateAfter }) => stateAfter ?? 'unknown'],
];

/** The workflow's result for people: a line per account, and below it what went wrong. */
export function resultTable(rows: readonly ResultRow[]): string {
	const table = textTable(
		columns.map(([title]) => title),
		rows.map((row) => columns.map(([, cell]) => cell(row))),
	);
	const errors = rows.flatMap(({ service, error }) => (error ? [`${service}: ${error}`] : []));
	return [table, ...errors].join('\n');
}
