import { fileURLToPath } from 'node:url';
import jestConfig from '../../jest.config.cjs';

/** A single project: mutation testing cannot tell several apart. */
const unit = { ...jestConfig.projects[0] };
delete unit.displayName;

export default {
	...unit,
	rootDir: fileURLToPath(new URL('../..', import.meta.url)),
	testMatch: ['<rootDir>/test/mutation/*.test.cts'],
};
