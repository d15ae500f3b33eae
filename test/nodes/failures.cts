import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import type { Sample } from './services.cts';

/** The reason of a failure, and part of its message: by name, where several services say so. */
const SAID = {
	already: ['alreadyDeactivated', 'is already'],
	down: ['unavailable', 'is not available at the moment'],
	forbidden: ['forbidden', "doesn't have permission to deactivate"],
	invalid: ['invalidInput', 'rejected a value'],
	notFound: ['notFound', 'No user found with the ID'],
	refused: ['refused', 'refused to deactivate'],
	rejected: ['unauthorized', 'rejected the credential'],
	unreadable: ['unexpectedResponse', 'gave an unexpected response'],
	wrongAddress: ['unexpectedResponse', 'The address in the credential has no'],
} as const;
type Said = keyof typeof SAID | readonly [reason: string, message: string];

/** What the service answers, and what the admin reads: part of what to do, and other details. */
type FailureRow = readonly [
	name: string,
	answer: ScriptedAnswer,
	said: Said,
	description: string,
	details?: object,
];

/** Runs a table of failures; `answersBefore` precede the one under test. */
export function itFailsAsTheTableSays(
	{ service, parameters, once, before, confirmed = [], users }: Sample,
	rows: readonly FailureRow[],
	answersBefore: ScriptedAnswer[] = [...once, ...before],
): void {
	/** What is asked before such a refusal is believed. */
	const answersAfter: Record<string, ScriptedAnswer[]> = {
		notFound: users?.permissions ? [users.permissions.all] : [],
		alreadyDeactivated: confirmed,
	};
	const named = rows.map((row) => [row[0], row] as const);
	it.each(named)('%s', async (_, [, answer, said, description, also]) => {
		const [reason, message] = typeof said === 'string' ? SAID[said] : said;
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'fail' } },
			answers: [...answersBefore, answer, ...(answersAfter[reason] ?? [])],
			continueOnFail: true,
		});
		const { error, details } = first(result);
		expect(error).toContain(message);
		expect(details).toMatchObject({
			reason,
			description: expect.stringContaining(description) as string,
			httpCode: 'status' in answer ? String(answer.status) : undefined,
			...also,
		});
	});
}

/** Rows for refusals by status and code, answered in the form of the service. */
export function refusals(
	rows: ReadonlyArray<readonly [status: number, code: string, said: Said, description: string]>,
	answer: (status: number, code: string) => ScriptedAnswer,
	details: object = {},
): FailureRow[] {
	return rows.map(([status, code, said, description]) => [
		`${status} ${code}`,
		answer(status, code),
		said,
		description,
		{ code, ...details },
	]);
}
