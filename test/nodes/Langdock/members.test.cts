import { isActiveMember } from '../../../nodes/Langdock/members';
import type { Client } from '../../../nodes/shared/http/client';
import { Failure, type Source } from '../../../nodes/shared/model/failure';
import { ledgerIn } from '../../../nodes/shared/users/guards';
import { createRun } from '../../../nodes/shared/users/runContext';
import { EMAIL } from '../sample.cts';

const INCLUDED = '/billing/v1/ai-models-included/users';
const OWN_KEYS = '/billing/v1/bring-your-own-keys/users';

const listing = (...users: unknown[]) => ({ users });
const noAnswer: Source = { kind: 'network', code: 'ECONNRESET' };

/** A run in which the lists answer in this order: with a body, a status or nothing. */
function runWith(answers: Array<object | number | undefined>) {
	const asked: string[] = [];
	const send: Client['send'] = async ({ path, query, isOptional, schema }) => {
		expect({ query, isOptional }).toEqual({
			query: { email: EMAIL, limit: '50' },
			isOptional: true,
		});
		asked.push(path);
		const answer = answers.shift();
		if (typeof answer === 'object') {
			const data = schema.parse(answer);
			return await Promise.resolve({ data, response: {}, headers: {}, mayHaveSucceeded: false });
		}
		const source: Source =
			answer === undefined ? noAnswer : { kind: 'answer', status: answer, error: {}, body: {} };
		throw new Failure('refused', { source });
	};
	return { run: createRun(ledgerIn({}), '')({ send }), asked };
}

/** What the lists say of each of so many members, and which of them were asked. */
async function ask(answers: Array<object | number | undefined>, times = 1) {
	const { run, asked } = runWith(answers);
	const said: unknown[] = [];
	for (let time = 0; time < times; time++) said.push(await isActiveMember(EMAIL, run));
	return { said, asked };
}

it.each<[string, object, boolean | undefined]>([
	['shows the member', listing({ email: 'x@example.org' }, { email: 'Kim.Lee@Example.org' }), true],
	['shows nobody', listing(), false],
	['shows somebody else', listing({ email: `x${EMAIL}` }), false],
	['ignores the filter', { ...listing({ email: 'x@example.org' }), nextCursor: 'c' }, undefined],
	['shows no addresses', listing({ id: '1' }), undefined],
])('is told by a list that %s', async (_, body, expected) => {
	expect(await ask([body])).toEqual({ said: [expected], asked: [INCLUDED] });
});

it('is told by the other list if the workspace pays in the other way, which is asked once', async () => {
	expect(await ask([409, listing({ email: EMAIL }), listing()], 2)).toEqual({
		said: [true, false],
		asked: [INCLUDED, OWN_KEYS, OWN_KEYS],
	});
});

it.each([401, 403, 404])('is not asked again in a run after a %s', async (status) => {
	expect(await ask([status], 2)).toEqual({ said: [undefined, undefined], asked: [INCLUDED] });
});

it.each([503, undefined])('is asked again for the next item after %s', async (status) => {
	expect((await ask([status, listing()], 2)).said).toEqual([undefined, false]);
});
