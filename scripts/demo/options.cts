import { parseArgs } from 'node:util';
import { Problem } from '../../test/host/problem.cts';

/** What `npm run demo` was asked for. */
export interface DemoOptions {
	/** Only say what would happen. */
	readonly dryRun: boolean;
	/** Give the access back afterwards. */
	readonly undo: boolean;
	/** The result as JSON, as the last line. */
	readonly json: boolean;
	/** Leave n8n running, to be used in the browser. */
	readonly keep: boolean;
}

const usage = `Usage: npm run demo -- [--dry-run | --undo] [--json] [--keep]
  --dry-run  only say what would happen, and change nothing
  --undo     give the access back afterwards
  --json     print the result as JSON, as the last line
  --keep     leave n8n running with the workflow open, and print where and how to sign in`;

const flag = { type: 'boolean', default: false } as const;

/** Anything that is not known is refused: a mistyped flag must not be silently ignored. */
export function readOptions(args: readonly string[]): DemoOptions {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: { 'dry-run': flag, undo: flag, json: flag, keep: flag },
		});
		const { 'dry-run': dryRun, undo, json, keep } = values;
		if (dryRun && undo) throw new Error('--dry-run leaves nothing for --undo to undo.');
		return { dryRun, undo, json, keep };
	} catch (error) {
		throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}
