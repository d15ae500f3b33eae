import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../nodes');

/** Two tests out of three: without them a mutant takes a third of the time, and survivors can only be more. */
const LARGE_TABLE = 'pathSafety.test.cts';

const depth = (path: string) => path.split('/').length;

/** A module's own tests before those of whole nodes: they are the first to find a fault in it. */
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.test.cts') && file !== LARGE_TABLE)
	.sort((a, b) => depth(b) - depth(a) || a.localeCompare(b));

/**
 * All unit tests of the shipped code in one file, for mutation testing: jest would load n8n's
 * modules anew for each file, which takes longer than the tests.
 */
describe.each(files)('%s', (file) => {
	jest.requireActual(join(folder, file));
});
