/**
 * Mutation testing of the shipped code (`npm run test:mutation`, not in CI): whether a test fails
 * when the code is changed. Texts for people are left out, see `test/mutation/prose.mjs`.
 */
export default {
	mutate: ['nodes/**/*.ts', '!nodes/**/*.node.ts'],
	testRunner: 'jest',
	jest: {
		projectType: 'custom',
		configFile: 'test/mutation/jest.config.mjs',
		enableFindRelatedTests: false,
	},
	plugins: ['@stryker-mutator/jest-runner', './test/mutation/prose.mjs'],
	ignorers: ['prose'],
	coverageAnalysis: 'perTest',
	// What is only run when a file is loaded is covered by every test: one run of all for each.
	ignoreStatic: true,
	concurrency: 2,
	// The machine may be busy with other work: a mutant that is only slow is not dead.
	timeoutMS: 20_000,
	// A change may leave a promise that nobody waits for: no reason for the test runner to end.
	testRunnerNodeArgs: ['--unhandled-rejections=warn'],
	tempDirName: '.stryker',
	incrementalFile: 'node_modules/.cache/stryker-incremental.json',
	reporters: ['clear-text', 'progress-append-only', 'json'],
	clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
	jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
	thresholds: { high: 95, low: 85, break: 85 },
};
