import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../host/cleanup.cts';
import { root } from './packed.cts';

const FORBIDDEN = {
	'nodes/Awork/one.ts': "export { execute } from '../shared/n8n/execute';",
	'nodes/Awork/two.ts': "export { zitadel } from '../Zitadel/zitadel';",
	'nodes/shared/http/one.ts': "export { two } from './two';\nexport const one = 1;",
	'nodes/shared/http/two.ts': "export { one } from './one';\nexport const two = 2;",
	'nodes/shared/model/one.ts': "export type { Client } from '../http/client';",
};

test('lint refuses imports that ARCHITECTURE.md does not allow', () => {
	const { folder } = temporaryFolder();
	for (const name of ['nodes', 'credentials', 'tsconfig.json', '.dependency-cruiser.cjs']) {
		cpSync(join(root, name), join(folder, name), { recursive: true });
	}
	for (const [name, text] of Object.entries(FORBIDDEN)) writeFileSync(join(folder, name), text);

	const command = join(root, 'node_modules/.bin/depcruise');
	const { stdout } = spawnSync(command, ['nodes', 'credentials', '--output-type', 'json'], {
		cwd: folder,
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	const { summary } = JSON.parse(stdout) as {
		summary: { violations: Array<{ from: string; rule: { name: string } }> };
	};
	const refused = new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`));
	expect([...refused].sort()).toEqual([
		'nodes/Awork/one.ts: adapter-without-n8n',
		'nodes/Awork/two.ts: service-alone',
		'nodes/shared/http/one.ts: no-circle',
		'nodes/shared/model/one.ts: shared-model',
	]);
}, 60_000);
