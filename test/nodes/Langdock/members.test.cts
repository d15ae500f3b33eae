import type { ScriptedAnswer } from '../scriptedRun.cts';
import { runnerOf } from '../services.cts';
import { EMAIL } from '../sample.cts';

const lookUpAt = (list: string) =>
	`GET /billing/v1/${list}/users?email=kim.lee%40example.org&limit=50`;
const [INCLUDED, OWN_KEYS] = [lookUpAt('ai-models-included'), lookUpAt('bring-your-own-keys')];

const listing = (users: unknown[], more: object = {}) => ({
	status: 200,
	body: { users, ...more },
});
const [member, nobody] = [listing([{ email: 'Kim.Lee@Example.org' }]), listing([])];
const others = [{ email: 'x@example.org' }, { email: `x${EMAIL}` }];

/** What previews for one member say of the state, or why they fail, and what they asked. */
async function ask(answers: ScriptedAnswer[], items = 1) {
	const dryRun = { options: { dryRun: true } };
	const { output, asked } = await runnerOf('langdock')(answers, dryRun, { items });
	const said = output.map(({ json: { stateBefore, details } }) => stateBefore ?? details);
	return { said, asked };
}
const missing = expect.objectContaining({ reason: 'notFound' }) as object;

it.each<[string, ScriptedAnswer, unknown]>([
	['shows the member', listing([...others, { email: 'Kim.Lee@Example.org' }]), 'active'],
	['shows nobody', nobody, missing],
	['shows somebody else', listing([{ email: `x${EMAIL}` }]), missing],
	['ignores the filter', listing(others, { nextCursor: 'c' }), 'unknown'],
	['shows no addresses', listing([{ id: '1' }]), 'unknown'],
])('is told by a list that %s', async (_, answer, expected) => {
	expect(await ask([answer])).toEqual({ said: [expected], asked: [INCLUDED] });
});

it('is told by the other list if the workspace pays in the other way, which is asked once', async () => {
	expect(await ask([{ status: 409 }, member, nobody], 2)).toEqual({
		said: ['active', missing],
		asked: [INCLUDED, OWN_KEYS, OWN_KEYS],
	});
});

it.each([401, 403, 404])('is not asked again in a run after a %s', async (status) => {
	expect(await ask([{ status }], 2)).toEqual({ said: ['unknown', 'unknown'], asked: [INCLUDED] });
});

it.each([{ status: 503 }, { reject: { httpCode: 'ECONNRESET' } }])(
	'is asked again for the next item after %j',
	async (failure) => {
		expect((await ask([failure, nobody], 2)).said).toEqual(['unknown', missing]);
	},
);
