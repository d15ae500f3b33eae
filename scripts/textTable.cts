/** A table for people: a title for each column, a line below them, and the rows. */
export function textTable(
	columns: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
): string {
	const lines = [columns, ...rows];
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
	return text.join('\n');
}
