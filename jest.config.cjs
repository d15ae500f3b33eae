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

module.exports = {
	projects: [
		layer('unit', ['nodes', 'credentials', 'simulators', 'host', 'scripts']),
		layer('properties', ['properties'], {
			setupFiles: ['<rootDir>/test/harness/silence.cts', '<rootDir>/test/properties/seed.cts'],
		}),
		layer('workflow', ['workflow'], { setupFiles: ['<rootDir>/test/harness/silence.cts'] }),
		layer('package', ['package'], { globalSetup: '<rootDir>/test/package/globalSetup.cts' }),
		// Needs a real n8n, which takes minutes to install: `.ci/run`, never `npm test`.
		layer('e2e', ['e2e']),
	],
};
