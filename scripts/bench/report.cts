import { textTable } from '../textTable.cts';

/** What a measured value is held against. */
export interface Target {
	readonly name: string;
	readonly value: number;
	readonly target: number;
	readonly met: boolean;
}

/** What came of one part of the benchmark. */
export interface PartReport {
	/** For machines. */
	readonly result: object;
	/** For people. */
	readonly title: string;
	readonly columns: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
	readonly targets: readonly Target[];
}

/** A target that is met by this value and all below it. */
export function atMost(name: string, value: number, target: number): Target {
	return { name, value, target, met: value <= target };
}

/** A target that is met by this value and all above it. */
export function atLeast(name: string, value: number, target: number): Target {
	return { name, value, target, met: value >= target };
}

/** The parts' results for people. */
export function reportText(reports: readonly PartReport[]): string {
	const parts = reports.map(
		({ title, columns, rows }) => `${title}\n\n${textTable(columns, rows)}`,
	);
	const targets = reports.flatMap((report) => report.targets);
	if (targets.length === 0) return parts.join('\n\n');
	const rows = targets.map(({ name, value, target, met }) => [
		name,
		String(value),
		String(target),
		met ? 'met' : 'MISSED',
	]);
	return [...parts, `Targets\n\n${textTable(['Value', 'Measured', 'Target', ''], rows)}`].join(
		'\n\n',
	);
}

/** A time for people. */
export function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** A number for people. */
export function count(value: number): string {
	return value.toLocaleString('en');
}
