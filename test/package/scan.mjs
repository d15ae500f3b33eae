/**
 * Runs n8n's official scanner: `node scan.mjs '[{ "folder": "…", "form": "source" }]'`. Prints its
 * verdict on each folder, and all that its rules find there, as JSON. A program of its own, because
 * the scanner is an ES module and some of its rules find nothing outside plain Node.
 */
import { relative } from 'node:path';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

// As the scanner's own `analyzePackageByName` has them, which only takes published packages.
const PATTERNS = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };

/** The verdict knows errors only, so this looks with the scanner's rules for itself. */
async function lint(folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	return results.map(({ filePath, messages }) => ({ file: relative(folder, filePath), messages }));
}

const scans = [];
for (const { folder, form } of JSON.parse(process.argv[2])) {
	const { passed, details } = await analyzePackage(folder, PATTERNS[form]);
	const linted = await lint(folder, PATTERNS[form]);
	scans.push({
		passed,
		details,
		files: linted.map(({ file }) => file),
		findings: linted.flatMap(({ file, messages }) =>
			messages.map(({ ruleId, severity, line, message }) => ({
				file,
				line,
				level: severity === 2 ? 'error' : 'warning',
				rule: ruleId,
				message,
			})),
		),
	});
}
console.log(JSON.stringify(scans));
