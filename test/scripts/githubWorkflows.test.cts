import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseDocument } from 'yaml';
import { z } from 'zod';

import { engines, scripts } from '../../package.json';

const root = join(__dirname, '../..');
const folder = join(root, '.github/workflows');

const permissions = z.record(z.enum(['read', 'write', 'none']));
const step = z
	.object({ uses: z.string(), with: z.record(z.unknown()), run: z.string() })
	.partial()
	.strict()
	.refine(({ uses, run }) => (uses === undefined) !== (run === undefined));
const job = z
	.object({
		name: z.string(),
		needs: z.array(z.string()),
		'runs-on': z.literal('ubuntu-24.04'),
		container: z.string(),
		'timeout-minutes': z.number(),
		strategy: z.object({
			'fail-fast': z.literal(false),
			matrix: z.object({ node: z.array(z.number()) }),
		}),
		permissions,
		uses: z.string(),
		steps: z.array(step),
	})
	.partial()
	.strict();
const workflow = z
	.object({ name: z.string(), on: z.record(z.unknown()), permissions, jobs: z.record(job) })
	.strict();

/** The workflows by file name. */
const workflows = Object.fromEntries(
	readdirSync(folder).map((file) => {
		const source = readFileSync(join(folder, file), 'utf8');
		const document = parseDocument(source, { strict: true, uniqueKeys: true });
		expect([...document.errors, ...document.warnings]).toEqual([]);
		return [file, { source, ...workflow.parse(document.toJS()) }];
	}),
);
const { 'ci.yml': ci, 'publish.yml': publish } = workflows;
if (!ci || !publish) throw new Error('a workflow is missing');

const stepsOf = ({ jobs }: { jobs: Record<string, z.infer<typeof job>> }) =>
	Object.values(jobs).flatMap(({ steps = [] }) => steps);
const runsOf = (one: z.infer<typeof job> | undefined) =>
	(one?.steps ?? []).flatMap(({ run }) => run ?? []);
const nodeOf = (one: z.infer<typeof job> | undefined) =>
	one?.steps?.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with?.['node-version'];

describe.each(Object.entries(workflows))('%s', (_, { source, permissions: rights, ...one }) => {
	it('runs scripts and files that there are', () => {
		const commands = stepsOf(one).flatMap(({ run }) => run ?? []);
		expect(commands).not.toEqual([]);
		for (const command of commands) {
			const [program = '', verb = '', name = ''] = command.split(' ');
			if (program !== 'npm') accessSync(join(root, program), constants.X_OK);
			else if (verb === 'run') expect(Object.keys(scripts)).toContain(name);
			else expect(['test', 'pack', 'publish']).toContain(verb);
		}
	});

	it('uses actions by commit, with the version beside it, and files that there are', () => {
		const used = [...source.matchAll(/\buses: (.+)/g)].map(([, name = '']) => name);
		for (const name of used) {
			if (name.startsWith('./')) expect(existsSync(join(root, name))).toBe(true);
			else expect(name).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
		// One action, one version.
		const actions = new Set(used.filter((name) => !name.startsWith('./')));
		const names = [...actions].map((name) => name.split('@')[0]);
		expect(new Set(names).size).toBe(names.length);
	});

	it('leaves no token behind in what it checks out', () => {
		for (const { uses, with: inputs } of stepsOf(one)) {
			if (uses?.startsWith('actions/checkout@')) {
				expect(inputs).toEqual({ 'persist-credentials': false });
			}
		}
	});

	it('may write nothing but the proof of who publishes, in the job that does', () => {
		const all = [rights, ...Object.values(one.jobs).map((each) => each.permissions ?? {})];
		const writing = all
			.flatMap((each) => Object.entries(each))
			.filter(([, way]) => way === 'write');
		expect(writing).toEqual(source.includes('npm publish') ? [['id-token', 'write']] : []);
		expect(source).not.toContain('secrets.');
	});
});

it('CI tests the Node.js that package.json asks for, and newer ones', () => {
	const { strategy } = ci.jobs['test'] ?? {};
	const [oldest = 0, ...newer] = strategy?.matrix.node ?? [];
	expect(engines.node).toBe(`>=${oldest}`);
	expect(newer).toEqual([22, 24]);
	expect(nodeOf(ci.jobs['test'])).toBe('${{ matrix.node }}');
	expect(runsOf(ci.jobs['test'])).toEqual(['npm test']);
	expect(Object.values(ci.jobs).flatMap(runsOf)).toContain('.ci/run');
});

it('a version is published once everything has passed, with provenance and without a token', () => {
	const { test: tests, pack, publish: last } = publish.jobs;
	expect(publish.on).toEqual({ push: { tags: ['v*'] } });
	expect(tests?.uses).toBe('./.github/workflows/ci.yml');
	expect(Object.keys(ci.on)).toContain('workflow_call');
	expect(runsOf(pack)[0]).toBe('npm run release:check -- "$GITHUB_REF_NAME"');
	expect(last?.needs).toEqual(['test', 'pack']);
	expect(last?.permissions).toEqual({ 'id-token': 'write' });
	expect(runsOf(last)).toEqual(['npm publish --provenance --access public ./*.tgz']);
	// The npm of Node.js 22 is too old for trusted publishing.
	expect(nodeOf(last)).toBe(24);
});
