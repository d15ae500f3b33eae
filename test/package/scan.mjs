/**
 * Runs n8n's official scanner on a folder: `node scan.mjs '{ "folder": "…", "form": "source" }'`.
 * Prints its verdict, and all that its rules find there, as JSON. A program of its own, because the
 * scanner is an ES module and some of its rules find nothing outside plain Node.
 */
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const { folder, form } = JSON.parse(process.argv[2]);
// As the scanner's own `analyzePackageByName` has them, which only takes published packages.
const patterns = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] }[form];
const { passed, details } = await analyzePackage(folder, patterns);

// The verdict knows errors only, so this looks for warnings with the scanner's rules.
const eslint = new ESLint({
	cwd: folder,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const results = await eslint.lintFiles(patterns);
const files = results.map(({ filePath }) => filePath.slice(folder.length + 1));
const findings = results.flatMap(({ messages }) => messages.map(({ message }) => message));
console.log(JSON.stringify({ passed, details, files, findings }));
