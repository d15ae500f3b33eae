import { parseArgs } from 'node:util';
import { Problem } from '../../test/host/problem.cts';

/** What `npm run demo` was asked for. */
export interface DemoOptions {
	/** The result as JSON, as the last line. */
	readonly json: boolean;
	/** Leave n8n running, to be used in the browser. */
	readonly keep: boolean;
}

const usage = `Usage: npm run demo -- [--json] [--keep]
  --json  print the result as JSON, as the last line
  --keep  leave n8n running with the workflow open, and print where and how to sign in`;

/** Anything that is not known is refused: a mistyped flag must not be silently ignored. */
export function readOptions(args: readonly string[]): DemoOptions {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				json: { type: 'boolean', default: false },
				keep: { type: 'boolean', default: false },
			},
		});
		return { json: values.json, keep: values.keep };
	} catch (error) {
		throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}
