import { parseArgs } from 'node:util';
import { Problem } from '../../test/host/problem.cts';

/** The parts of the benchmark, in the order in which they run. */
export const PART_NAMES = ['throughput', 'rateLimited', 'faults', 'scale', 'startup'] as const;

export type PartName = (typeof PART_NAMES)[number];

/** What `npm run bench` was asked for. */
export interface BenchOptions {
	readonly parts: readonly PartName[];
	/** How often everything is measured. */
	readonly rounds: number;
	/** The result as JSON, as the last line, instead of tables. */
	readonly json: boolean;
}

const usage = `Usage: npm run bench -- [--only <part>,…] [--rounds <number>] [--json]
  --only    measure these parts only: ${PART_NAMES.join(', ')}
  --rounds  how often to measure everything; 3 by default
  --json    print the result as JSON, as the last line`;

/** Anything that is not known is refused: a mistyped part must not look like a finished one. */
export function readOptions(args: readonly string[]): BenchOptions {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				only: { type: 'string', default: PART_NAMES.join(',') },
				rounds: { type: 'string', default: '3' },
				json: { type: 'boolean', default: false },
			},
		});
		return {
			parts: readParts(values.only),
			rounds: readRounds(values.rounds),
			json: values.json,
		};
	} catch (error) {
		throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}

function readParts(only: string): PartName[] {
	const names = only.split(',').map((name) => name.trim());
	const unknown = names.filter((name) => !PART_NAMES.some((part) => part === name));
	if (unknown.length > 0) throw new Error(`There is no part '${unknown.join("', '")}'.`);
	return PART_NAMES.filter((part) => names.includes(part));
}

function readRounds(rounds: string): number {
	if (!/^[1-9]\d?$/.test(rounds)) throw new Error('--rounds must be a number from 1 to 99.');
	return Number(rounds);
}
