import { allPackages, manifestOf } from './packed.cts';
import { runProgram } from './program.cts';

/** What the rules have looked at and found. */
interface Linted {
	readonly files: readonly string[];
	readonly findings: readonly string[];
}

/** What scan.mjs prints of a package. */
type Scanned = Readonly<Record<'source' | 'tarball' | 'linter', Linted>> & { isFound: boolean };

const packages = allPackages();
let scanned: readonly Scanned[];

beforeAll(() => {
	scanned = runProgram('scan.mjs', packages);
}, 300_000);

describe.each(packages.map(({ name, installed }, index) => ({ name, installed, index })))(
	'$name',
	({ installed, index }) => {
		const { nodes, credentials } = manifestOf(installed).n8n;
		const built = [...nodes, ...credentials];
		const sources = built.map((path) => path.replace(/^dist\/(.+)\.js$/, '$1.ts'));

		it.each([
			['scanner', 'source', { passed: true, findings: [] }, sources],
			['scanner', 'tarball', { passed: true, findings: [] }, built],
			['linter', 'linter', { findings: [] }, sources],
		] as const)('passes the official %s (%s) without a warning', (_, form, expected, some) => {
			const { files, ...verdict } = scanned[index]?.[form] ?? { files: [] };
			expect(verdict).toEqual(expected);
			// With nothing to look at, they pass too.
			expect(files).toEqual(expect.arrayContaining(['package.json', ...some]));
		});

		it('has its sources where the scanner looks for them', () => {
			expect(scanned[index]?.isFound).toBe(true);
		});
	},
);
