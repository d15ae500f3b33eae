import { CONCLUDED } from '../../../../nodes/shared/users/outcome';
import { scriptedRun, type ScriptedAnswer, type ScriptedRun } from '../../scriptedRun.cts';
import { byId, sampleOf } from '../../services.cts';

const { service, success, already = success } = sampleOf('zitadel');
const own = sampleOf('zitadel').once;
const down: ScriptedAnswer = { status: 503 };
const noSessions: ScriptedAnswer = { status: 403, body: { code: 7, message: 'x' } };
const lost: ScriptedAnswer = { reject: { httpCode: 'ECONNRESET' } };
const USERS = ['11', '12'].map(byId);

/** Runs the node as n8n does it again with 'Retry On Fail'; each try has its answers. */
async function tries(
	given: Partial<ScriptedRun> & { options?: object },
	...answers: ScriptedAnswer[][]
) {
	const store = {};
	let end: unknown;
	for (const scripted of answers) {
		const { options, ...run } = given;
		end = await scriptedRun(service, {
			...{ items: 2, store, retriedRun: 0, continueOnFail: true },
			...run,
			parameters: { userId: USERS.slice(0, run.items ?? 2), options },
			answers: [...own, ...scripted],
		}).catch((error: unknown) => error);
	}
	return (end as { output: unknown }).output;
}

const record = (fields: object) =>
	expect.objectContaining({ json: expect.objectContaining(fields) as object }) as object;
const deactivated = record({ outcome: 'deactivated', changed: true });

it('what an earlier try did is not asked for again', async () => {
	const stop = { continueOnFail: false };
	expect(await tries(stop, [success, down], [success])).toEqual([deactivated, deactivated]);
	expect(await tries({}, [down, success], [success])).toEqual([deactivated, deactivated]);
});

it('what an earlier try did before it failed was done by this run', async () => {
	const one = { items: 1, options: { endSessions: true } };
	const none: ScriptedAnswer = { status: 200, body: { details: {} } };
	expect(await tries(one, [success, noSessions], [already, none])).toEqual([deactivated]);
	expect(await tries(one, [success, noSessions], [down])).toEqual([
		record({
			details: expect.objectContaining({ outcome: 'deactivated' }) as object,
			description: expect.not.stringContaining('Nothing was changed') as string,
		}),
	]);
});

it('what an earlier try may have done is told', async () => {
	const one = { items: 1 };
	expect(await tries(one, [lost], [already])).toEqual([
		record({ outcome: 'deactivated', warning: CONCLUDED('deactivated') }),
	]);
	expect(await tries(one, [lost], [down])).toEqual([
		record({ description: expect.stringContaining("isn't known whether") as string }),
	]);
});

describe('nothing is taken from before', () => {
	const again = async (first: Partial<ScriptedRun>, second: Partial<ScriptedRun>) => {
		const run = { store: {}, retriedRun: 0, answers: [...own, success] };
		const of = (given: Partial<ScriptedRun>) => ({
			...run,
			...given,
			parameters: { userId: USERS[0], ...given.parameters },
		});
		await scriptedRun(service, of(first));
		return (await scriptedRun(service, of(second))).requests.length;
	};

	const get = { operation: 'get' };
	const user = sampleOf('zitadel').users?.user('active', undefined, '11') ?? down;

	it.each<[string, first: Partial<ScriptedRun>, second: Partial<ScriptedRun>, requests: number]>([
		['the item is about somebody else now', {}, { parameters: { userId: USERS[1] } }, 2],
		['the operation is another', {}, { parameters: get, answers: [user] }, 1],
		['the run is another round of a loop', {}, { retriedRun: 1 }, 2],
		['an agent of version 2 calls the node again', { asToolOf: 2 }, { asToolOf: 2 }, 2],
		['an agent of version 3 calls the node again', { asToolOf: 3 }, { asToolOf: 3 }, 2],
	])('where %s', async (_, first, second, requests) => {
		expect(await again(first, second)).toBe(requests);
	});
});
