const { join } = require('node:path');
const { projects } = require('../../jest.config.cjs');

/** The unit tests of the shipped code, as one project: mutation testing cannot tell several apart. */
const [{ displayName: _, ...unit }] = projects;

module.exports = {
	...unit,
	rootDir: join(__dirname, '../..'),
	testMatch: ['<rootDir>/test/nodes/**/*.test.cts'],
};
