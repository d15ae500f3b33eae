import { parseArgs } from 'node:util';
import { Problem } from '../../test/host/problem.cts';

/** What `npm run bench` was asked for. */
export interface BenchOptions<Part extends string> {
	readonly parts: readonly Part[];
	/** How often everything is measured. */
	readonly rounds: number;
	/** The result as JSON, as the last line, instead of tables. */
	readonly json: boolean;
}

/**
 * Anything that is not known is refused: a mistyped part must not look like a finished one.
 * @param all the parts that there are
 */
export function readOptions<Part extends string>(
	args: readonly string[],
	all: readonly Part[],
): BenchOptions<Part> {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				only: { type: 'string', default: all.join(',') },
				rounds: { type: 'string', default: '3' },
				json: { type: 'boolean', default: false },
			},
		});
		const { only, rounds, json } = values;
		const names = only.split(',').map((name) => name.trim());
		const unknown = names.filter((name) => !all.some((part) => part === name));
		if (unknown.length > 0) throw new Error(`There is no part '${unknown.join("', '")}'.`);
		if (!/^[1-9]\d?$/.test(rounds)) throw new Error('--rounds must be a number from 1 to 99.');
		return { parts: all.filter((part) => names.includes(part)), rounds: Number(rounds), json };
	} catch (error) {
		throw new Problem(
			`${error instanceof Error ? error.message : String(error)}

Usage: npm run bench -- [--only <part>,…] [--rounds <number>] [--json]
  --only    measure these parts only: ${all.join(', ')}
  --rounds  how often to measure everything; 3 by default
  --json    print the result as JSON, as the last line`,
		);
	}
}
