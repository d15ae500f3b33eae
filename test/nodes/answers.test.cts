import { NodeApiError } from 'n8n-workflow';

import { findSecrets } from '../harness/secrets.cts';
import { scriptedRun, first, SECRET, type ScriptedAnswer } from './scriptedRun.cts';
import { byId, samples } from './services.cts';

/** An error as n8n's helper rejects with: the request, and with it the key, hangs on it. */
function rejection(code: string) {
	const cause = Object.assign(new Error(code), {
		code,
		config: { headers: { Authorization: `Bearer ${SECRET}` } },
	});
	return { reject: Object.assign(new Error(code), { httpCode: code, cause }) };
}

const ok = (body: string) => ({ status: 200, body });
const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
const inBody = { status: 500, body: { message: `bad ${SECRET}`, error: { message: SECRET } } };
const inEscapes = `{"message":"${escaped(SECRET)}","error":"${escaped(SECRET)}"}`;
const inHeader = { status: 500, headers: { 'trace-id': `for ${SECRET}` }, body: '{}' };
const odd = 'SERVICE gave an unexpected response';
const down = 'SERVICE is not available at the moment';
const wrong = "Check 'Base URL' in the credential";

/** What any service, or something in between, may answer. */
const cases: ReadonlyArray<
	readonly [what: string, ScriptedAnswer, reason: string, message: string, description: string]
> = [
	['an HTML page', ok('<html>Welcome</html>'), 'unexpectedResponse', odd, wrong],
	['a body too deep to read', ok(nested), 'unexpectedResponse', odd, "It isn't known whether"],
	['a refused connection', rejection('ECONNREFUSED'), 'unavailable', 'refused the', wrong],
	['a key repeated by the service', inBody, 'unavailable', down, 'repeating is safe'],
	['a key in escapes', { status: 500, body: inEscapes }, 'unavailable', down, 'repeating is safe'],
	['a key repeated in a header', inHeader, 'unavailable', down, 'repeating is safe'],
];

/** Another id of the same form. */
const altered = (id: string) => id.replace(/.$/, (last) => (last === '2' ? '3' : '2'));

/** As JSON may write any letter. */
function escaped(text: string): string {
	return [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** The same field, left empty. */
const emptied = (value: unknown) =>
	typeof value === 'string' ? '' : { ...(value as object), value: '' };

describe.each(
	Object.values(samples).map((sample) => [sample.service.displayName, sample] as const),
)('%s', (displayName, { service, parameters, once, before }) => {
	it.each(cases)('answers with %s', async (_, answer, reason, sentence, text) => {
		const message = expect.stringContaining(sentence.replace('SERVICE', displayName)) as string;
		// As the credential of the service labels its field.
		const advice = text.replace('Base URL', service.addressField ?? 'Base URL');
		const description = expect.stringContaining(advice) as string;
		const httpCode = 'status' in answer ? String(answer.status) : 'ECONNREFUSED';
		const run = { parameters, answers: [...once, ...before, answer] };

		const result = await scriptedRun(service, { ...run, continueOnFail: true });
		const { error, details } = first(result);
		expect(error).toEqual(message);
		expect(error).toMatch(new RegExp(`^${displayName}\\b`));
		const about = { service: service.name, operation: 'deactivate', item: 0 };
		expect(details).toMatchObject({ ...about, reason, httpCode, description });
		expect(findSecrets(result.output, [SECRET])).toEqual([]);

		const stopped: unknown = await scriptedRun(service, run).catch((thrown: unknown) => thrown);
		expect(stopped).toBeInstanceOf(NodeApiError);
		expect(stopped).toMatchObject({ message, description, httpCode });
		expect(findSecrets(stopped, [SECRET])).toEqual([]);
	});

	it('sends nothing if any item is invalid and the node stops on errors', async () => {
		const [name = ''] = Object.keys(parameters);
		const run = {
			parameters: { ...parameters, [name]: [parameters[name], emptied(parameters[name])] },
			answers: [],
			items: 2,
		};
		await expect(scriptedRun(service, run)).rejects.toMatchObject({
			message: expect.stringMatching(/ is empty$/) as string,
			context: { itemIndex: 1 },
		});
	});

	it.each([
		['protectedUser', 1, (account: string) => ({ protectedUsers: account })],
		['safetyLimit', 2, () => ({ safetyLimit: 1 })],
	])('names the account that the guard %s holds back', async (reason, items, optionsFor) => {
		const [field = ''] = ['email', 'userId'].filter((name) => name in parameters);
		const given = parameters[field];
		const account = typeof given === 'string' ? given : (given as { value: string }).value;
		const other = typeof given === 'string' ? `x${given}` : byId(altered(account));
		const { output } = await scriptedRun(service, {
			parameters: { ...parameters, [field]: [given, other], options: optionsFor(account) },
			answers: [],
			items,
			continueOnFail: true,
		});
		expect(output[0]?.json).toMatchObject({ details: { reason, [field]: account } });
		expect(output[0]?.json.error).not.toContain("''");
	});
});
