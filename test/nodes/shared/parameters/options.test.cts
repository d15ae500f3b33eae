import { Failure } from '../../../../nodes/shared/model/failure';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';

const all = pickOptions([
	...(['verify', 'safetyLimit', 'protectedUsers', 'ifNotFound'] as const),
	...(['ifAlreadyDeactivated', 'endSessions', 'dryRun'] as const),
]);

const read = (options: unknown) => readOptions(all, () => options);

const DEFAULTS = {
	dryRun: false,
	endSessions: true,
	ifAlreadyDeactivated: 'succeed',
	ifNotFound: 'fail',
	maxRetries: 5,
	output: 'simplified',
	parallelRequests: 0,
	protectedUsers: [],
	safetyLimit: 10,
	timeout: 30,
	verify: false,
};

const NO_VALUE = 'has no value: its expression returns nothing';

describe('readOptions', () => {
	it.each([
		[undefined, NO_VALUE],
		[null, NO_VALUE],
		['dryRun', 'must be a collection of options'],
		[[{ dryRun: true }], 'must be a collection of options'],
		[0, 'must be a collection of options'],
	])('refuses %j in place of the collection: no guard would hold', (options, why) => {
		expect(() => read(options)).toThrow(Failure);
		expect(() => read(options)).toThrow(`'Options' ${why}`);
	});

	it('uses the defaults that the editor shows for options that were not added', () => {
		expect(read({})).toStrictEqual(DEFAULTS);
		const shown = Object.entries(all).map(([name, { property }]) => [name, property.default]);
		expect(Object.fromEntries(shown)).toEqual({ ...DEFAULTS, protectedUsers: '' });
	});

	const trueOrFalse = [[true], 'yes', 1, 'must be true or false'] as const;
	const failOrSucceed = [['fail', 'succeed'], '', true, "must be 'fail' or 'succeed'"] as const;
	const forms = "must be 'simplified', 'record' or 'raw'";

	it.each<[name: string, accepted: readonly unknown[], ...refused: unknown[]]>([
		['dryRun', ...trueOrFalse],
		['endSessions', ...trueOrFalse],
		['verify', ...trueOrFalse],
		['ifAlreadyDeactivated', ...failOrSucceed],
		['ifNotFound', ...failOrSucceed],
		['maxRetries', [0, 20], -1, 'must be at least 0'],
		['maxRetries', [], 21, 'must be at most 20'],
		['maxRetries', [], 1.5, 'must be a whole number'],
		['maxRetries', [], '1', 'must be a number of retries'],
		['output', ['simplified', 'record', 'raw'], 'xml', 'Raw', forms],
		['parallelRequests', [0, 50], -1, 'must be at least 0'],
		['parallelRequests', [], 51, 'must be at most 50'],
		['parallelRequests', [], 1.5, 'must be a whole number'],
		['parallelRequests', [], '1', 'must be a number of requests'],
		['protectedUsers', [['x']], 1, 'must be text or a list of texts'],
		['safetyLimit', [0], -1, 'must be 0 or more'],
		['safetyLimit', [], 0.5, 'must be a whole number'],
		['safetyLimit', [], NaN, '5', 'must be a number of users'],
		['timeout', [1, 1.5, 300], 0.9, 'must be at least 1'],
		['timeout', [], 300.1, 'must be at most 300'],
		['timeout', [], '5', 'must be a number of seconds'],
	])('of %s accepts %j, and refuses %j', (name, accepted, ...refused) => {
		const label = all[name]?.property.displayName ?? '';
		const why = refused.pop() as string;
		for (const value of accepted) {
			expect(read({ [name]: value })).toStrictEqual({ ...DEFAULTS, [name]: value });
		}
		for (const value of refused) {
			expect(() => read({ [name]: value })).toThrow(`'${label}' ${why}`);
		}
		for (const value of [undefined, null]) {
			expect(() => read({ [name]: value })).toThrow(`'${label}' ${NO_VALUE}`);
		}
	});

	it('gives an option that the operation does not use no effect, but refuses it without a value', () => {
		const few = pickOptions(['verify']);
		expect(() => readOptions(few, () => ({ dryRun: undefined }))).toThrow(`'Dry Run' ${NO_VALUE}`);
		const options = { dryRun: true, safetyLimit: 1, verify: true, maxRetries: 1 };
		expect(readOptions(few, () => options)).toStrictEqual({
			...DEFAULTS,
			...{ endSessions: false, safetyLimit: 0, verify: true, maxRetries: 1 },
		});
	});
});

it('a service overrides a default and a description', () => {
	const { ifNotFound, ...others } = pickOptions(['ifNotFound'], {
		ifNotFound: { default: 'succeed', description: 'More words' },
	});
	expect(Object.keys(others)).toEqual(['maxRetries', 'output', 'parallelRequests', 'timeout']);
	const shown = { displayName: 'If Not Found', default: 'succeed', description: 'More words' };
	expect(ifNotFound?.property).toMatchObject(shown);
	const options = readOptions({ ...others, ...(ifNotFound && { ifNotFound }) }, () => ({}));
	expect(options.ifNotFound).toBe('succeed');
});

it.each([
	['maxRetries', { minValue: 0, maxValue: 20, numberPrecision: 0 }],
	['parallelRequests', { minValue: 0, maxValue: 50, numberPrecision: 0 }],
	['safetyLimit', { minValue: 0, numberPrecision: 0 }],
	['timeout', { minValue: 1, maxValue: 300 }],
])('limits %s in the editor as in a run', (name, typeOptions) => {
	expect(all[name]?.property).toMatchObject({ type: 'number', typeOptions });
});
