import { NodeApiError } from 'n8n-workflow';

import { findSecrets } from '../harness/secrets.cts';
import { scriptedRun, first, SECRET, type ScriptedAnswer } from './scriptedRun.cts';
import { sampleOf, samples } from './services.cts';

/** An error as n8n's helper rejects with: the request, and with it the key, hangs on it. */
function rejection(code: string) {
	const config = { headers: { Authorization: `Bearer ${SECRET}` } };
	const cause = Object.assign(new Error(code), { code, config });
	return { reject: Object.assign(new Error(code), { httpCode: code, cause }) };
}

const nested = { status: 200, body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` };
const body = { message: `bad ${SECRET}`, error: { message: SECRET } };
const withKey = { status: 500, headers: { 'trace-id': `for ${SECRET}` }, body };

/** What any service, or something in between, may answer. */
const cases: ReadonlyArray<
	readonly [what: string, ScriptedAnswer, reason: string, message: string, description: string]
> = [
	['a body too deep to read', nested, 'unexpectedResponse', 'gave an unexpected', "It isn't known"],
	['a refused connection', rejection('ECONNREFUSED'), 'unavailable', 'refused the', "Check 'Base"],
	['a key', withKey, 'unavailable', 'is not available at the moment', 'repeating is safe'],
];

describe.each(
	Object.values(samples).map((sample) => [sample.service.displayName, sample] as const),
)('%s', (displayName, { service, parameters, once, before }) => {
	it.each(cases)('answers with %s', async (_, answer, reason, sentence, text) => {
		const message = expect.stringMatching(`^${displayName}\\b.*${sentence}`) as string;
		// As the credential of the service labels its field.
		const advice = text.replace('Base', service.addressField?.split(' ')[0] ?? 'Base');
		const description = expect.stringContaining(advice) as string;
		const httpCode = 'status' in answer ? String(answer.status) : 'ECONNREFUSED';
		const run = { parameters, answers: [...once, ...before, answer] };

		const result = await scriptedRun(service, { ...run, continueOnFail: true });
		const about = { service: service.name, operation: 'deactivate', item: 0 };
		const details = { ...about, reason, httpCode, description };
		expect(first(result)).toMatchObject({ error: message, details });
		expect(findSecrets(result.output, [SECRET])).toEqual([]);

		const stopped: unknown = await scriptedRun(service, run).catch((thrown: unknown) => thrown);
		expect(stopped).toBeInstanceOf(NodeApiError);
		expect(stopped).toMatchObject({ message, description, httpCode });
		expect(findSecrets(stopped, [SECRET])).toEqual([]);
	});
});

it('sends nothing if any item is invalid and the node stops on errors', async () => {
	const { service, parameters } = sampleOf('langdock');
	const email = [parameters.email, ''];
	const run = { parameters: { ...parameters, email }, answers: [], items: 2 };
	await expect(scriptedRun(service, run)).rejects.toMatchObject({
		message: "Langdock: 'Email' is empty",
		context: { itemIndex: 1 },
	});
});
