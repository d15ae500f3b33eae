import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All unit tests of the shipped code in one file, for mutation testing: jest would load n8n's
 * modules anew for each file, which takes longer than the tests.
 */
const folder = join(__dirname, '../nodes');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });

describe.each(files.filter((file) => file.endsWith('.test.cts')))('%s', (file) => {
	jest.requireActual(join(folder, file));
});
