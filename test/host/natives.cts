import { dirname } from 'node:path';
import { runCommand } from './command.cts';
import { nodeFirst } from './environment.cts';
import { Problem } from './problem.cts';

/** The parts of n8n that are machine code. isolated-vm mostly comes ready-made; n8n 2.8 has none. */
const natives = ['sqlite3', 'isolated-vm'];

/**
 * Compiles those parts of n8n that this Node cannot load yet. From the locked source and with the
 * headers that come with that Node: the usual install scripts would download from elsewhere.
 */
export async function compileNatives(
	node: string,
	nodeFolder: string,
	requireFromN8n: NodeJS.Require,
): Promise<void> {
	const folderOf = (name: string) => dirname(requireFromN8n.resolve(`${name}/package.json`));
	const run = async (what: string, name: string, ...args: readonly string[]) => {
		const env = { ...process.env, ...nodeFirst(node) };
		await runCommand({ what: `${what} ${name}`, file: node, args, cwd: folderOf(name), env });
	};
	const loads = async (name: string) =>
		await run('Loading', name, '--eval', 'require(process.argv[1])', folderOf(name)).then(
			() => true,
			() => false,
		);

	const { dependencies } = requireFromN8n('./package.json') as { dependencies: object };
	for (const name of natives.filter((native) => native in dependencies)) {
		if (await loads(name)) continue;
		process.stderr.write(`Compiling ${name} for n8n (once, about a minute)…\n`);
		const gyp = require.resolve('node-gyp/bin/node-gyp.js', { paths: [folderOf('sqlite3')] });
		try {
			await run('Compiling', name, gyp, 'rebuild', '--release', `--nodedir=${nodeFolder}`);
		} catch (error) {
			throw new Problem(
				`${error instanceof Problem ? error.message : String(error)}\n\n` +
					`n8n needs ${name}, which has to be compiled on this machine. That takes Python 3, make and\n` +
					'a C++ compiler. On Debian and Ubuntu: sudo apt-get install python3 make g++\n' +
					'On macOS: xcode-select --install',
			);
		}
	}
}
