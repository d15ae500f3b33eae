/**
 * One jest project per layer of tests, so that `npm run test:unit` and its siblings can run alone.
 * Test code is `.cts`: n8n's ESLint configuration, which may not be changed, holds every `.ts`
 * file to the rules for shipped code (no timers, no `node:` modules).
 */
const layer = (name, folders, options = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.cts`),
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	testEnvironment: 'node',
	transform: {
		'\\.c?ts$': [
			'@swc/jest',
			{
				swcrc: false,
				module: { type: 'commonjs' },
				jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
			},
		],
	},
	restoreMocks: true,
	...options,
});

const silence = '<rootDir>/test/harness/silence.cts';

module.exports = {
	projects: [
		layer('unit', ['nodes', 'credentials', 'simulators', 'docs', 'workflows']),
		layer('model', ['model'], { setupFiles: [silence] }),
		layer('workflow', ['workflow'], { setupFiles: [silence] }),
		// Long runs in bad weather: `.ci/run` has them, `npm test` has their parts.
		layer('faults', ['faults'], {
			setupFiles: [silence, '<rootDir>/test/faults/fastClock.cts'],
		}),
		// The same in the engine of the oldest n8n. What stands in for n8n's server is like the newest.
		layer('workflow-oldest', ['workflow'], {
			setupFiles: [silence, '<rootDir>/test/harness/unrefIntervals.cts'],
			globalSetup: '<rootDir>/test/workflow/oldestHost.cts',
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow|@n8n/di)(/.*)?$': '<rootDir>/test/host/oldest/node_modules/$1$2',
			},
		}),
		layer('package', ['package'], {
			setupFiles: [silence],
			globalSetup: '<rootDir>/test/package/packageSetup.cts',
			// Packed nodes have no modules beside them: a host provides those.
			modulePaths: ['<rootDir>/node_modules'],
		}),
		// Needs a real n8n, which takes minutes to install: `.ci/run`, never `npm test`.
		layer('e2e', ['e2e'], { globalSetup: '<rootDir>/test/package/globalSetup.cts' }),
	],
};
