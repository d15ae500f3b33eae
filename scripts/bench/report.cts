import { textTable } from '../textTable.cts';
import type { Showing } from './turns.cts';

/** What came of one part of the benchmark. */
export interface PartReport {
	/** For people. */
	readonly title: string;
	/** What the part is about. */
	readonly figures: Readonly<Record<string, number>>;
	/** For figures that have a target: what they may be at most, or must be at least. */
	readonly atMost: Readonly<Record<string, number>>;
	readonly atLeast?: Readonly<Record<string, number>>;
	/** What the figures come from. */
	readonly turns: Readonly<Record<string, Showing>>;
}

/** What a figure is held against. */
export interface Target {
	readonly name: string;
	readonly value: number;
	readonly target: number;
	readonly met: boolean;
}

/** The targets of a part, and whether its figures meet them. */
export function targetsOf(part: string, { figures, atMost, atLeast }: PartReport): Target[] {
	const against = (limits: PartReport['atMost'] = {}, isMet: typeof isAtMost) =>
		Object.entries(limits).map(([figure, target]) => {
			const value = figures[figure] ?? NaN;
			return { name: `${part}.${figure}`, value, target, met: isMet(value, target) };
		});
	return [...against(atMost, isAtMost), ...against(atLeast, (value, target) => value >= target)];
}

const isAtMost = (value: number, target: number) => value <= target;

/** The parts' results for people. */
export function reportText(reports: ReadonlyArray<readonly [string, PartReport]>): string {
	const parts = reports.map(([, { title, turns }]) => {
		const rows = Object.values(turns).map(rowOf);
		return rows.length === 0 ? title : `${title}\n\n${textTable(COLUMNS, rows)}`;
	});
	const figures = reports.flatMap(([name, report]) => {
		const targets = new Map(targetsOf(name, report).map((target) => [target.name, target]));
		return Object.entries(report.figures).map(([figure, value]) => {
			const target = targets.get(`${name}.${figure}`);
			const met = target === undefined ? '' : target.met ? 'met' : 'MISSED';
			return [`${name}.${figure}`, String(value), String(target?.target ?? ''), met];
		});
	});
	const table = textTable(['Figure', 'Measured', 'Target', ''], figures);
	return [...parts, `Figures\n\n${table}`].join('\n\n');
}

const COLUMNS = ['Side', 'Users', 'Time', 'Done', 'Requests per user'];

function rowOf({ title, users, medianMs, done, unreported, requestsPerUser }: Showing): string[] {
	const after = unreported > 0 ? ` (${count(unreported)} more, unreported)` : '';
	const time = `${(medianMs / 1000).toFixed(2)} s`;
	return [title, count(users), time, `${count(done)}${after}`, requestsPerUser.toFixed(2)];
}

/** A number for people. */
export function count(value: number): string {
	return value.toLocaleString('en');
}
