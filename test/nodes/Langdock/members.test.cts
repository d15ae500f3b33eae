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

it.each<[string, object, boolean | undefined]>([
	['shows the member', listing({ email: 'x@example.org' }, { email: 'Kim.Lee@Example.org' }), true],
	['shows nobody', listing(), false],
	['shows somebody else', listing({ email: `x${EMAIL}` }), false],
	['ignores the filter', { ...listing({ email: 'x@example.org' }), nextCursor: 'c' }, undefined],
	['shows no addresses', listing({ id: '1' }), undefined],
])('is told by a list that %s', async (_, body, expected) => {
	const { run, asked } = runWith([body]);
	expect(await isActiveMember(EMAIL, run)).toBe(expected);
	expect(asked).toEqual([INCLUDED]);
});

it('is told by the other list if the workspace pays in the other way, which is asked once', async () => {
	const { run, asked } = runWith([409, listing({ email: EMAIL }), listing()]);
	expect(await isActiveMember(EMAIL, run)).toBe(true);
	expect(await isActiveMember(EMAIL, run)).toBe(false);
	expect(asked).toEqual([INCLUDED, OWN_KEYS, OWN_KEYS]);
});

it.each([401, 403, 404])('is not asked again in a run after a %s', async (status) => {
	const { run, asked } = runWith([status]);
	expect(await isActiveMember(EMAIL, run)).toBeUndefined();
	expect(await isActiveMember(EMAIL, run)).toBeUndefined();
	expect(asked).toEqual([INCLUDED]);
});

it.each([503, undefined])('is asked again for the next item after %s', async (status) => {
	const { run } = runWith([status, listing()]);
	expect(await isActiveMember(EMAIL, run)).toBeUndefined();
	expect(await isActiveMember(EMAIL, run)).toBe(false);
});
