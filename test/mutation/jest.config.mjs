import { fileURLToPath } from 'node:url';
import jestConfig from '../../jest.config.cjs';

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** A single project: mutation testing cannot tell several apart. */
const unit = { ...jestConfig.projects[0] };
delete unit.displayName;

export default {
	...unit,
	rootDir: pathOf('../..'),
	testEnvironment: pathOf('./environment.cjs'),
	moduleNameMapper: { '^n8n-workflow$': pathOf('./n8nWorkflow.cjs') },
	testMatch: ['<rootDir>/test/mutation/*.test.cts'],
};
