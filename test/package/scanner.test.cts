import { packed, root } from './packed.cts';
import { runProgram } from './program.cts';

test.each([
	['source', root, 'nodes/Zitadel/Zitadel.node.ts', 'nodes/Zitadel/Zitadel.node.json'],
	[
		'tarball',
		packed().installed,
		'dist/nodes/Zitadel/Zitadel.node.js',
		'dist/nodes/shared/http/client.js',
	],
])(
	'the official scanner finds no error and no warning in the %s',
	(form, folder, ...some) => {
		const { files, ...verdict } = runProgram<{ files: string[] }>('scan.mjs', { folder, form });
		expect(verdict).toEqual({ passed: true, findings: [] });
		// With nothing to look at, the scanner passes too.
		expect(files).toEqual(expect.arrayContaining(['package.json', ...some]));
	},
	180_000,
);
