import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { packed } from './packed.cts';

/**
 * Runs a program of this folder in plain Node and returns the JSON that it prints. An error, with
 * its error output, if it fails.
 */
export function runProgram<Result>(file: string, argument: unknown): Result {
	const { folder, modules } = packed();
	const output = execFileSync(process.execPath, [join(__dirname, file), JSON.stringify(argument)], {
		encoding: 'utf8',
		env: {
			...process.env,
			// Under jest's 'test', n8n loads nodes in another way than on a host.
			NODE_ENV: 'production',
			NODE_PATH: modules,
			// The scanner leaves a temporary folder behind.
			TMPDIR: folder,
		},
	});
	return JSON.parse(output) as Result;
}
