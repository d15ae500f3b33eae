import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nodeFirst } from '../../host/environment.cts';
import type { Host } from '../../host/install.cts';

/**
 * What makes n8n's npm ask this registry. n8n names the public one to npm each time, and takes
 * another one from its own settings only with a licence: so the `npm` that it finds is a script
 * that leaves this name out and hands all the rest to the real npm.
 */
export function npmEnvironment(
	host: Host,
	registryUrl: string,
	folder: string,
): Record<string, string> {
	const bin = join(folder, 'bin');
	mkdirSync(bin);
	const npm = join(bin, 'npm');
	const realNpm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
	writeFileSync(npm, script(realNpm));
	chmodSync(npm, 0o755);
	return {
		PATH: [bin, nodeFirst(host.node).PATH].join(delimiter),
		npm_config_registry: registryUrl,
		// The cache of whoever runs this knows nothing of such a registry, and need not.
		npm_config_cache: join(folder, 'cache'),
	};
}

const script = (npm: string): string => `#!/bin/sh
for arg do
	shift
	case $arg in
		--registry=*) ;;
		*) set -- "$@" "$arg" ;;
	esac
done
exec '${npm}' "$@"
`;
