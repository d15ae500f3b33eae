import { Failure } from '../../../nodes/shared/failure';
import { offer, readOptions } from '../../../nodes/shared/options';

const offered = offer(['dryRun', 'protectedUsers', 'safetyLimit']);

const read = (options: unknown) => readOptions(offered, () => options);

describe('readOptions', () => {
	it.each([
		['nothing', undefined],
		['null', null],
		['a text', 'dryRun'],
		['a list', [{ dryRun: true }]],
		['a number', 0],
	])('refuses %s in the place of the collection: no guard would hold', (_, options) => {
		expect(() => read(options)).toThrow(Failure);
		expect(() => read(options)).toThrow("'Options' must be a collection of options");
	});
});
