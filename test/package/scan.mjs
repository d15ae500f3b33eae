/**
 * Runs n8n's official scanner and linter on packages:
 * `node scan.mjs '[{ "name": "…", "source": "<folder>", "installed": "<folder>" }, …]'`. Prints the
 * scanner's verdicts, and all that the rules find, as JSON. A program of its own, because the scanner
 * is an ES module and some of its rules find nothing outside plain Node.
 */
import { createRequire } from 'node:module';

import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
	findPackageRoot,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const rules = {
	scanner: {
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	},
	linter: {
		overrideConfigFile: true,
		overrideConfig: createRequire(import.meta.url)('@n8n/node-cli/eslint').config,
	},
};

/** Everything that the rules find, warnings too, which the scanner's verdict leaves out. */
async function lint(cwd, patterns, options) {
	const results = await new ESLint({ cwd, ...options }).lintFiles(patterns);
	return {
		files: results.map(({ filePath }) => filePath.slice(cwd.length + 1)),
		findings: results.flatMap(({ messages }) => messages.map(({ message }) => message)),
	};
}

async function scan(folder, patterns) {
	const { passed, details } = await analyzePackage(folder, patterns);
	return { passed, details, ...(await lint(folder, patterns, rules.scanner)) };
}

const scanned = [];
for (const { name, source, installed } of JSON.parse(process.argv[2])) {
	// As the scanner's own `analyzePackageByName` has the patterns, which only takes published packages.
	scanned.push({
		isFound: findPackageRoot(source, name) === source,
		source: await scan(source, SOURCE_FILE_PATTERNS),
		tarball: await scan(installed, ['**/*.js', 'package.json']),
		linter: await lint(source, SOURCE_FILE_PATTERNS, rules.linter),
	});
}
console.log(JSON.stringify(scanned));
