import type { ResultRow } from '../../test/host/offboarding.cts';

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
	const lines = [
		columns.map(([title]) => title),
		...rows.map((row) => columns.map(([, cell]) => cell(row))),
	];
	const widths = columns.map((_, column) =>
		Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
	);
	const text = lines.map((cells) =>
		cells
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	text.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
	const errors = rows.flatMap(({ service, error }) => (error ? [`${service}: ${error}`] : []));
	return [...text, ...errors].join('\n');
}
