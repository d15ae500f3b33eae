/**
 * Loads all nodes and credentials of a package: `node load.mjs <folder>`. Prints how many
 * milliseconds it took. A process loads them only once, so each measurement needs one of its own.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const folder = process.argv[2];
// As the package itself would: its n8n-workflow is the host's, and not the one of this repository.
const load = createRequire(join(folder, 'package.json'));

// n8n has these in memory before it loads the first package.
load('n8n-workflow');
load('zod');
const { n8n } = load('./package.json');

const begun = performance.now();
for (const file of [...n8n.credentials, ...n8n.nodes]) load(`./${file}`);
console.log(performance.now() - begun);
