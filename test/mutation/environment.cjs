const StrykerEnvironment = module.require('@stryker-mutator/jest-runner/jest-env/node');

/**
 * The names in the pattern that Stryker chooses tests with, `(name)|(name)|…`: to look up one of
 * thousands in a set takes no time, to match it takes longer than all the tests.
 */
const namesIn = ({ source }) =>
	new Set(
		source
			.slice(1, -1)
			.split(')|(')
			.map((name) => name.replaceAll(/\\(.)/g, '$1')),
	);

/** What makes one file with thousands of tests quick to run for one mutant. */
module.exports = class extends StrykerEnvironment {
	hasFailed = false;

	handleTestEvent({ name, test }, state) {
		if (name === 'run_start' && state.testNamePattern) {
			const chosen = namesIn(state.testNamePattern);
			state.testNamePattern = { test: (title) => chosen.has(title) };
		}
		// After the first failure the mutant is dead. Jest's own `bail` is one of whole files.
		if (name === 'test_done') this.hasFailed ||= test.errors.length > 0;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
};
