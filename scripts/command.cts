import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { Problem } from '../test/host/problem.cts';

/** Runs a script; what whoever started it can do something about is told without a stack. */
export function runScript(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(error instanceof Problem ? `\n${error.message}` : error);
		process.exit(1);
	});
}

/** The options given to a script. Any other is refused: a mistyped one must not be silently ignored. */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
	options: Options,
	usage: string,
) {
	try {
		return parseArgs({ options }).values;
	} catch (error) {
		throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}

/** Says on standard error what is done now. */
export function progress(step: string): void {
	console.error(`[${process.uptime().toFixed(1).padStart(5)} s] ${step}`);
}
