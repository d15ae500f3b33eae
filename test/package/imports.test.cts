import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../host/cleanup.cts';
import { root } from './packed.cts';

/** That `npm run lint` refuses imports that ARCHITECTURE.md does not allow. */

const { folder } = temporaryFolder();
for (const name of ['nodes', 'credentials', 'tsconfig.json', '.dependency-cruiser.cjs']) {
	cpSync(join(root, name), join(folder, name), { recursive: true });
}

function rulesBrokenBy(files: Record<string, string>): string[] {
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	const command = join(root, 'node_modules/.bin/depcruise');
	const { stdout } = spawnSync(command, ['nodes', 'credentials', '--output-type', 'json'], {
		cwd: folder,
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	for (const name of Object.keys(files)) writeFileSync(join(folder, name), 'export {};\n');
	const { summary } = JSON.parse(stdout) as {
		summary: { violations: Array<{ rule: { name: string } }> };
	};
	return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

it.each([
	[
		'adapter-without-n8n',
		{ 'nodes/Awork/one.ts': "export { execute } from '../shared/n8n/execute';" },
	],
	['service-alone', { 'nodes/Awork/one.ts': "export { zitadel } from '../Zitadel/zitadel';" }],
	[
		'no-circle',
		{
			'nodes/shared/http/one.ts': "export { two } from './two';\nexport const one = 1;",
			'nodes/shared/http/two.ts': "export { one } from './one';\nexport const two = 2;",
		},
	],
	[
		'shared-model',
		{ 'nodes/shared/model/one.ts': "export type { Client } from '../http/client';" },
	],
])('refuses an import: %s', (rule, files) => {
	expect(rulesBrokenBy(files as Record<string, string>)).toEqual([rule]);
});
