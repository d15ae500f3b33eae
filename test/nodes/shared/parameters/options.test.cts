import { Failure } from '../../../../nodes/shared/model/failure';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';

const all = () =>
	pickOptions([
		'verify',
		'safetyLimit',
		'protectedUsers',
		'ifNotFound',
		'ifAlreadyDeactivated',
		'endSessions',
		'dryRun',
	]);

const read = (options: unknown) => readOptions(all(), () => options);

const DEFAULTS = {
	dryRun: false,
	endSessions: false,
	ifAlreadyDeactivated: 'succeed',
	ifNotFound: 'fail',
	maxRetries: 5,
	output: 'record',
	parallelRequests: 0,
	protectedUsers: [],
	safetyLimit: 10,
	timeout: 30,
	verify: false,
};

describe('readOptions', () => {
	it.each([
		[undefined, "'Options' has no value: its expression returns nothing"],
		[null, "'Options' has no value: its expression returns nothing"],
		['dryRun', "'Options' must be a collection of options"],
		[[{ dryRun: true }], "'Options' must be a collection of options"],
		[0, "'Options' must be a collection of options"],
	])('refuses %j in place of the collection: no guard would hold', (options, message) => {
		expect(() => read(options)).toThrow(Failure);
		expect(() => read(options)).toThrow(message);
	});

	it('uses the defaults for options that were not added', () => {
		expect(read({})).toStrictEqual(DEFAULTS);
	});

	it.each(
		Object.entries(all()).flatMap(([name, { property }]) => [
			[property.displayName, name, undefined] as const,
			[property.displayName, name, null] as const,
		]),
	)('refuses %s that was added and has no value (%s: %p)', (label, name, value) => {
		expect(() => read({ [name]: value })).toThrow(
			`'${label}' has no value: its expression returns nothing`,
		);
	});

	it('ignores options that the operation does not offer', () => {
		const options = { dryRun: true, safetyLimit: 1, verify: true, maxRetries: 1 };
		expect(readOptions(pickOptions([]), () => options)).toStrictEqual({
			...DEFAULTS,
			safetyLimit: 0,
			maxRetries: 1,
		});
	});

	it.each([
		{ dryRun: true },
		{ endSessions: true },
		{ ifAlreadyDeactivated: 'fail' },
		{ ifNotFound: 'succeed' },
		{ maxRetries: 0 },
		{ maxRetries: 20 },
		{ output: 'raw' },
		{ parallelRequests: 0 },
		{ parallelRequests: 50 },
		{ safetyLimit: 0 },
		{ timeout: 1 },
		{ timeout: 1.5 },
		{ timeout: 300 },
		{ verify: true },
	])('accepts %j', (options) => {
		expect(read(options)).toStrictEqual({ ...DEFAULTS, ...options });
	});

	it.each([
		[{ dryRun: 'yes' }, "'Dry Run' must be true or false"],
		[{ endSessions: 1 }, "'End Sessions' must be true or false"],
		[{ verify: 'false' }, "'Verify' must be true or false"],
		[{ ifAlreadyDeactivated: '' }, "'If Already Deactivated' must be 'fail' or 'succeed'"],
		[{ ifNotFound: true }, "'If Not Found' must be 'fail' or 'succeed'"],
		[{ maxRetries: -1 }, "'Max Retries' must be at least 0"],
		[{ maxRetries: 21 }, "'Max Retries' must be at most 20"],
		[{ maxRetries: 1.5 }, "'Max Retries' must be a whole number"],
		[{ maxRetries: '1' }, "'Max Retries' must be a number of retries"],
		[{ output: 'xml' }, "'Output' must be 'record' or 'raw'"],
		[{ parallelRequests: -1 }, "'Parallel Requests' must be at least 0"],
		[{ parallelRequests: 51 }, "'Parallel Requests' must be at most 50"],
		[{ parallelRequests: '1' }, "'Parallel Requests' must be a number of requests"],
		[{ protectedUsers: 1 }, "'Protected Users' must be text or a list of texts"],
		[{ safetyLimit: -1 }, "'Safety Limit' must be 0 or more"],
		[{ safetyLimit: 0.5 }, "'Safety Limit' must be a whole number"],
		[{ safetyLimit: NaN }, "'Safety Limit' must be a number of users"],
		[{ safetyLimit: '5' }, "'Safety Limit' must be a number of users"],
		[{ timeout: 0.9 }, "'Timeout' must be at least 1"],
		[{ timeout: 300.1 }, "'Timeout' must be at most 300"],
		[{ timeout: '5' }, "'Timeout' must be a number of seconds"],
	])('refuses %j', (options, message) => {
		expect(() => read(options)).toThrow(message);
	});

	it('refuses what can’t be read although this operation does not offer it, and else ignores it', () => {
		const few = pickOptions(['verify']);
		expect(() => readOptions(few, () => ({ dryRun: undefined }))).toThrow("'Dry Run' has no value");
		expect(readOptions(few, () => ({ dryRun: true, verify: true }))).toMatchObject({
			dryRun: false,
			verify: true,
		});
	});
});

describe('pickOptions', () => {
	it('sorts the options by name and adds those that every operation has', () => {
		expect(Object.keys(all())).toEqual(Object.keys(DEFAULTS));
		expect(Object.keys(pickOptions(['verify']))).toEqual([
			'maxRetries',
			'output',
			'parallelRequests',
			'timeout',
			'verify',
		]);
	});

	it('shows the defaults that readOptions uses', () => {
		const shown = Object.entries(all()).map(([name, { property }]) => [name, property.default]);
		expect(Object.fromEntries(shown)).toEqual({ ...DEFAULTS, protectedUsers: '' });
	});

	it('lets a service override a default and a description', () => {
		const offered = pickOptions(['dryRun', 'ifNotFound'], {
			dryRun: { description: 'Other words' },
			ifNotFound: { default: 'succeed', description: 'More words' },
		});
		expect(offered.dryRun?.property).toMatchObject({ default: false, description: 'Other words' });
		expect(offered.ifNotFound?.property).toMatchObject({
			displayName: 'If Not Found',
			default: 'succeed',
		});
		expect(readOptions(offered, () => ({})).ifNotFound).toBe('succeed');
	});

	it.each([
		['maxRetries', { minValue: 0, maxValue: 20, numberPrecision: 0 }],
		['parallelRequests', { minValue: 0, maxValue: 50, numberPrecision: 0 }],
		['safetyLimit', { minValue: 0, numberPrecision: 0 }],
		['timeout', { minValue: 1, maxValue: 300 }],
	])('limits %s in the editor as in a run', (name, typeOptions) => {
		expect(all()[name]?.property).toMatchObject({ type: 'number', typeOptions });
	});

	it.each([
		['ifAlreadyDeactivated', ['fail', 'succeed']],
		['ifNotFound', ['fail', 'succeed']],
		['output', ['raw', 'record']],
	])('offers for %s the values %j', (name, values) => {
		const { type, options = [] } = all()[name]?.property ?? {};
		expect(type).toBe('options');
		expect(options.map((option) => 'value' in option && option.value)).toEqual(values);
	});
});
