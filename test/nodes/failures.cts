import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import type { Sample } from './services.cts';

/** One line of a service's error table: what it answers, and what the admin reads. */
export interface FailureCase {
	answer: ScriptedAnswer;
	reason: string;
	/** Part of the message. */
	message: string;
	/** Part of what to do. */
	description: string;
	code?: string;
	traceId?: string;
}

/** Runs a table of refusals; `answersBefore` precede the one under test. */
export function itFailsAsTheTableSays(
	{ service, parameters, once, before, confirmed = [], users }: Sample,
	cases: Readonly<Record<string, FailureCase>>,
	answersBefore: ScriptedAnswer[] = [...once, ...before],
): void {
	/** What is asked before such a refusal is believed. */
	const answersAfter: Record<string, ScriptedAnswer[]> = {
		notFound: users?.permissions ? [users.permissions.all] : [],
		alreadyDeactivated: confirmed,
	};
	it.each(Object.entries(cases))('%s', async (_, { answer, ...expected }) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'fail' } },
			answers: [...answersBefore, answer, ...(answersAfter[expected.reason] ?? [])],
			continueOnFail: true,
		});
		const { error, details } = first(result);
		expect(error).toContain(expected.message);
		expect(details).toMatchObject({
			reason: expected.reason,
			description: expect.stringContaining(expected.description) as string,
			httpCode: 'status' in answer ? String(answer.status) : undefined,
			...(expected.code !== undefined && { code: expected.code }),
			...(expected.traceId !== undefined && { traceId: expected.traceId }),
		});
	});
}

/** A refusal by code: status, code, reason, and parts of the message and of what to do. */
export type RefusalRow = readonly [
	status: number,
	code: string,
	reason: string,
	message: string,
	description: string,
];

/** The failure cases of a table of codes, answered in the form of the service. */
export function refusals(
	rows: readonly RefusalRow[],
	answer: (status: number, code: string) => ScriptedAnswer,
	also: Pick<FailureCase, 'traceId'> = {},
): Record<string, FailureCase> {
	return Object.fromEntries(
		rows.map(([status, code, reason, message, description]) => [
			`${status} ${code}`,
			{ answer: answer(status, code), reason, message, description, code, ...also },
		]),
	);
}
