import { appendFileSync, cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { manifestOf, packed, root } from './packed.cts';
import { runProgram } from './program.cts';

/** What scan.mjs is told. */
interface Target {
	readonly folder: string;
	readonly form: 'source' | 'tarball';
}

/** What scan.mjs prints for each target. */
interface Scan {
	/** The official verdict. */
	readonly passed: boolean;
	/** Why not. */
	readonly details?: string;
	/** What the rules were applied to. */
	readonly files: readonly string[];
	readonly findings: readonly Finding[];
}

interface Finding {
	readonly file: string;
	readonly line: number;
	readonly level: 'error' | 'warning';
	readonly rule: string | null;
	readonly message: string;
}

const { folder, installed } = packed();

const source: Target = { folder: root, form: 'source' };
const tarball: Target = { folder: installed, form: 'tarball' };

/** A copy of what is scanned, into which something is planted. */
function planted({ folder: original, form }: Target, plant: (copy: string) => void): Target {
	const copy = mkdtempSync(join(folder, 'planted-'));
	for (const part of form === 'source' ? ['package.json', 'nodes', 'credentials', 'icons'] : ['']) {
		cpSync(join(original, part), join(copy, part), { recursive: true });
	}
	plant(copy);
	return { folder: copy, form };
}

const finding = (expected: Partial<Finding>) => expect.objectContaining(expected) as Finding;

function withoutHomepage(copy: string): void {
	const manifest = { ...manifestOf(copy), homepage: undefined };
	writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest));
}

describe('the official scanner', () => {
	const targets = {
		source,
		tarball,
		errorInSource: planted(source, (copy) =>
			appendFileSync(
				join(copy, 'nodes/Zitadel/zitadel.ts'),
				'\n// eslint-disable-next-line\nexport const planted = process.env;\n',
			),
		),
		errorInTarball: planted(tarball, (copy) =>
			appendFileSync(join(copy, 'dist/nodes/Zitadel/zitadel.js'), '\nconsole.log("planted");\n'),
		),
		warningInSource: planted(source, withoutHomepage),
		warningInTarball: planted(tarball, withoutHomepage),
	};
	let scans: Record<keyof typeof targets, Scan>;

	// One program for all: most of its time goes into loading the rules.
	beforeAll(() => {
		const results = runProgram<Scan[]>('scan.mjs', Object.values(targets));
		scans = Object.fromEntries(
			Object.keys(targets).map((name, index) => [name, results[index]]),
		) as typeof scans;
	}, 60_000);

	it.each([
		['source', 'nodes/Zitadel/Zitadel.node.ts', 'nodes/Zitadel/Zitadel.node.json'],
		['tarball', 'dist/nodes/Zitadel/Zitadel.node.js', 'dist/nodes/shared/http/client.js'],
	] as const)('passes the %s without errors and warnings', (form, ...files) => {
		const { passed, details, findings } = scans[form];
		expect({ passed, details, findings }).toEqual({
			passed: true,
			details: undefined,
			findings: [],
		});
		// With nothing to look at, the scanner passes too.
		expect(scans[form].files).toEqual(expect.arrayContaining(['package.json', ...files]));
	});

	it.each([
		['errorInSource', 'nodes/Zitadel/zitadel.ts', '@n8n/community-nodes/no-restricted-globals'],
		['errorInTarball', 'dist/nodes/Zitadel/zitadel.js', 'no-console'],
	] as const)('would find an %s', (name, file, rule) => {
		const { passed, details, findings } = scans[name];
		expect(passed).toBe(false);
		expect(details).toContain(rule);
		expect(findings).toContainEqual(finding({ file, rule, level: 'error' }));
	});

	it.each(['warningInSource', 'warningInTarball'] as const)('would find a %s', (name) => {
		const rule = '@n8n/community-nodes/require-homepage';
		expect(scans[name].findings).toContainEqual(
			finding({ file: 'package.json', rule, level: 'warning' }),
		);
	});
});
