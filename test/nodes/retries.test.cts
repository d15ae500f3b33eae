import { CONCLUDED } from '../../nodes/shared/users/outcome';
import { inFakeTime } from './fakeTime.cts';
import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { sampleOf, samples } from './services.cts';

const cut: ScriptedAnswer = { reject: { httpCode: 'ECONNRESET' } };
const down: ScriptedAnswer = { status: 503 };

/** What comes of one item. */
async function run(name: string, answers: ScriptedAnswer[], given: Record<string, unknown> = {}) {
	const { service, parameters } = sampleOf(name);
	const options = { maxRetries: 5, ifAlreadyDeactivated: 'fail' };
	return await inFakeTime(async () => {
		const all = { ...parameters, options, ...given };
		return first(await scriptedRun(service, { parameters: all, answers, continueOnFail: true }));
	});
}

describe.each(Object.keys(samples))('%s', (name) => {
	const { success, once, before, already = success, confirmed = [], users } = sampleOf(name);
	const { beforeRepeat: looked = [] } = sampleOf(name);

	it('retries what the service could not answer', async () => {
		const answers = [...once, ...before, down, ...looked, cut, ...looked, success];
		const record = await run(name, answers);
		expect(record).toMatchObject({ outcome: 'deactivated', changed: true });
		expect(record).not.toHaveProperty('warning');
	});

	it('retries the first request of a run too, unless the node can do without it', async () => {
		// What is read of the user does not wait for it.
		const record = await run(name, [down, ...(users ? [...before, ...once] : []), success]);
		expect(record).toMatchObject({ outcome: 'deactivated' });
	});

	it('concludes from a refusal after a lost attempt only what it proves', async () => {
		const answers = [...once, ...before, cut, ...looked, already];
		const record = await run(name, [...answers, ...(already === success ? [] : confirmed)]);
		// At Langdock and Odeus, the refusal may also mean that there is no such member.
		const either = expect.stringContaining('Either this run deactivated the member') as string;
		const concluded = {
			...{ outcome: 'deactivated', changed: true, warning: CONCLUDED('deactivated') },
			stateBefore: before.length > 0 ? 'active' : 'unknown',
		};
		const unclear = { details: { reason: 'notFound', description: either } };
		expect(record).toMatchObject(users ? concluded : unclear);
	});
});

it('a member whom Langdock skips counts as invited by this run after a lost attempt', async () => {
	const body = { status: 'success', message: 'x', successfulInvites: [], invalidEmails: [] };
	const reactivate = { operation: 'reactivate', role: 'member' };
	const record = await run('langdock', [cut, { status: 200, body }], reactivate);
	const concluded = { outcome: 'reactivated', changed: true, warning: CONCLUDED('active') };
	expect(record).toMatchObject(concluded);
});

it('ZITADEL is not asked again once a quota is used up', async () => {
	const quota = { status: 429, body: { code: 8, details: [{ id: 'QUOTA-vjAy8' }] } };
	const record = await run('zitadel', [...sampleOf('zitadel').once, quota]);
	expect(record).toMatchObject({ details: { reason: 'rateLimited', code: 'QUOTA-vjAy8' } });
});
