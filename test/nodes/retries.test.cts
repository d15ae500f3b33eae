import { CONCLUDED } from '../../nodes/shared/users/outcome';
import { inFakeTime } from './fakeTime.cts';
import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { aworkUser, byId, sampleOf, samples } from './services.cts';

const cut: ScriptedAnswer = { reject: { httpCode: 'ECONNRESET' } };
const down: ScriptedAnswer = { status: 503 };
const limited: ScriptedAnswer = { status: 429, headers: { 'retry-after': '7' } };

const aworkRead = (isDeactivated: boolean) => ({
	status: 200,
	body: { ...aworkUser, isDeactivated },
});

interface Options {
	options?: Record<string, unknown>;
	operation?: string;
	parameters?: Record<string, unknown>;
}

/** One item; `answers` follow to the request that changes the account. */
async function run(name: string, answers: ScriptedAnswer[], given: Options = {}) {
	const { service, parameters, once, before } = sampleOf(name);
	const { options, operation = 'deactivate' } = given;
	return await inFakeTime(async () => {
		const since = Date.now();
		const result = await scriptedRun(service, {
			parameters: {
				...parameters,
				...given.parameters,
				operation,
				options: { maxRetries: 5, ...options },
			},
			answers: [...(operation === 'deactivate' ? once : []), ...before, ...answers],
			continueOnFail: true,
		});
		return { record: first(result), result, seconds: (Date.now() - since) / 1000 };
	});
}

describe.each(Object.keys(samples))('%s', (name) => {
	const { success, before, already, confirmed = [], users } = sampleOf(name);
	const { beforeRepeat: looked = [] } = sampleOf(name);
	/** Where nothing tells that a change was done already, it is just done again. */
	const again = already ?? success;
	const afterAgain = already ? confirmed : [];

	it('retries what the service could not answer', async () => {
		const { record } = await run(name, [down, ...looked, cut, ...looked, success]);
		expect(record).toMatchObject({ outcome: 'deactivated', changed: true });
		expect(record).not.toHaveProperty('warning');
	});

	it('retries the first request of a run too, unless the node can do without it', async () => {
		const { service, parameters, once } = sampleOf(name);
		// What is read of the user does not wait for it.
		const answers = [down, ...(users ? [...before, ...once] : []), success];
		const result = await inFakeTime(
			async () =>
				await scriptedRun(service, {
					parameters: { ...parameters, options: { maxRetries: 1 } },
					answers,
				}),
		);
		expect(first(result)).toMatchObject({ outcome: 'deactivated' });
	});

	it('concludes from a refusal after a lost attempt only what it proves', async () => {
		const { record } = await run(name, [cut, ...looked, again, ...afterAgain], {
			options: { ifAlreadyDeactivated: 'fail' },
		});
		if (users === undefined) {
			// The refusal may also mean that there is no such member.
			expect(record).toMatchObject({
				details: {
					reason: 'notFound',
					description: expect.stringContaining('Either this run deactivated the member') as string,
				},
			});
			return;
		}
		expect(record).toMatchObject({
			outcome: 'deactivated',
			changed: true,
			stateBefore: before.length > 0 ? 'active' : 'unknown',
			warning: CONCLUDED('deactivated'),
		});
	});

	if (users === undefined) {
		it('accepts such a refusal by option, with a warning', async () => {
			const { record } = await run(name, [down, again], {
				options: { ifAlreadyDeactivated: 'succeed' },
			});
			expect(record).toMatchObject({
				outcome: 'alreadyDeactivated',
				changed: false,
				stateAfter: 'unknown',
				warning: expect.stringContaining('Either this run deactivated the member') as string,
			});
		});
	}

	if (already) {
		it('reads a refusal after a rate limit as done before', async () => {
			const { record } = await run(name, [limited, already, ...confirmed], {
				options: { ifAlreadyDeactivated: 'succeed' },
			});
			expect(record).toMatchObject({ outcome: 'alreadyDeactivated', changed: false });
			expect(String(record.warning)).not.toContain('earlier request');
		});
	}

	it('begins nothing in a canceled execution', async () => {
		const { service, parameters } = sampleOf(name);
		const { output, requests } = await scriptedRun(service, {
			parameters,
			answers: [],
			signal: AbortSignal.abort(),
			continueOnFail: true,
		});
		expect(requests).toEqual([]);
		expect(output[0]?.json).toMatchObject({ details: { reason: 'canceled' } });
	});
});

describe('awork', () => {
	it('is read, not changed again, after a lost answer', async () => {
		const { record, result } = await run('awork', [cut, aworkRead(true)], {
			parameters: { includeSummary: true },
		});
		expect(record).toMatchObject({
			outcome: 'deactivated',
			changed: true,
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: true,
			warning: expect.stringContaining("awork's response was lost") as string,
		});
		expect(result.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('is not changed again if the user can’t be read', async () => {
		const { record, result } = await run('awork', [cut, { status: 403 }]);
		expect(record).toMatchObject({ details: { reason: 'unavailable', httpCode: 'ECONNRESET' } });
		expect(result.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('is read after a lost reactivation too: nobody is invited twice', async () => {
		const { service } = sampleOf('awork');
		const result = await inFakeTime(
			async () =>
				await scriptedRun(service, {
					parameters: {
						operation: 'reactivate',
						userId: byId(aworkUser.id),
						options: { maxRetries: 1 },
					},
					answers: [aworkRead(true), cut, aworkRead(false)],
				}),
		);
		expect(first(result)).toMatchObject({ outcome: 'reactivated', stateAfter: 'active' });
	});
});

describe('reactivation', () => {
	const cases: Array<[string, ScriptedAnswer]> = [
		['aitronos', { status: 422, body: { error: { code: 'USER_NOT_DEACTIVATED' } } }],
		['zitadel', { status: 400, body: { code: 9, details: [{ id: 'COMMAND-s5qqcz97hf' }] } }],
		[
			'langdock',
			{
				status: 200,
				body: { status: 'success', message: 'x', successfulInvites: [], invalidEmails: [] },
			},
		],
	];

	it.each(cases)('at %s counts as this run’s after a lost attempt', async (name, already) => {
		const given = { operation: 'reactivate', parameters: { role: 'member' } };
		// Nobody is believed to be active already unless that can be read.
		const { users, once } = sampleOf(name);
		const read = users ? [users.user('active')] : [];
		expect((await run(name, [cut, already, ...read], given)).record).toMatchObject({
			outcome: 'reactivated',
			changed: true,
			warning: CONCLUDED('active'),
		});
		const lookUp = users ? read : once;
		expect((await run(name, [already, ...lookUp], given)).record).toMatchObject({
			outcome: 'alreadyActive',
			changed: false,
		});
	});
});

describe('ZITADEL', () => {
	it('does not wait for a quota that is used up', async () => {
		const quota = { status: 429, body: { code: 8, details: [{ id: 'QUOTA-vjAy8' }] } };
		const { record, seconds } = await run('zitadel', [quota]);
		expect(record).toMatchObject({ details: { reason: 'rateLimited', code: 'QUOTA-vjAy8' } });
		expect(seconds).toBe(0);
	});
});
