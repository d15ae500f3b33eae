import { toOutput, toRecord } from '../../../../nodes/shared/model/record';

const run = { service: 'zitadel', operation: 'deactivate', account: { userId: '42' } };

describe('toRecord', () => {
	it('leaves what nobody knows unknown or absent', () => {
		const record = toRecord(run, { outcome: 'deactivated' });
		expect(record).toStrictEqual({
			...{ service: 'zitadel', operation: 'deactivate', userId: '42' },
			...{ outcome: 'deactivated', changed: true, verified: false },
			...{ stateBefore: 'unknown', stateAfter: 'unknown' },
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
		});
	});

	it('does not name an account by an ID that it was not given', () => {
		const given = { ...run, account: { email: 'kim@example.org' } };
		expect(toRecord(given, { outcome: 'deactivated' })).not.toHaveProperty('userId');
	});

	it('prefers what the service says of the account to what was given', () => {
		const change = { outcome: 'deactivated', userId: '43', email: 'kim@example.org' } as const;
		expect(toRecord(run, change)).toMatchObject({ userId: '43', email: 'kim@example.org' });
	});

	it('says that a state was verified only if it is known', () => {
		const change = { outcome: 'deactivated', verified: true } as const;
		expect(toRecord(run, change).verified).toBe(false);
		expect(toRecord(run, { ...change, stateAfter: 'deactivated' }).verified).toBe(true);
	});
});

describe('the output', () => {
	const record = toRecord(run, { outcome: 'found', response: { a: 1 } });
	const { response, ...simplified } = record;

	it.each([
		['simplified', simplified],
		['record', { ...simplified, response }],
		['raw', { a: 1 }],
	] as const)('as %s is %j', (form, json) => {
		expect(toOutput(record, form)).toStrictEqual(json);
	});

	it.each([
		['an empty body', undefined, {}],
		['a list', [1, 2], { data: [1, 2] }],
		['null', null, { data: null }],
		['a text', 'done', { data: 'done' }],
		['what n8n would take for a failure', { error: 'x' }, { data: { error: 'x' } }],
	])('as raw makes an item of %s', (_, body, item) => {
		expect(toOutput({ ...simplified, response: body }, 'raw')).toStrictEqual(item);
	});
});
