import { problemsByService, problemsOf } from '../../host/agreement.cts';
import type { Staff } from '../../host/agreement.cts';
import { rowsOf as rowsOfPerson, WEBHOOK_KEY } from '../../host/offboarding.cts';
import type { PersonItem, ResultRow } from '../../host/offboarding.cts';
import { crowdPerson, SERVICE_NAMES } from '../../simulators/index.cts';
import type { AccountSnapshot, ServiceName } from '../../simulators/index.cts';

/** What the webhook answered about one leaver. */
export interface Answer {
	readonly email: string;
	readonly status: number;
	/** The whole answer, as sent. */
	readonly text: string;
}

/** The addresses of so many generated people, from this number on. */
export function leavers(from: number, count: number): string[] {
	return Array.from({ length: count }, (_, index) => crowdPerson(from + index).email);
}

/** Tells the webhook that somebody leaves, as an HR system does. */
export async function offboard(webhook: string, email: string): Promise<Answer> {
	const response = await fetch(webhook, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [WEBHOOK_KEY.name]: WEBHOOK_KEY.value },
		body: JSON.stringify({ email, name: 'A Leaver' }),
	});
	return { email, status: response.status, text: await response.text() };
}

/** The same for many, so many calls at a time. The answers come in any order. */
export async function offboardAll(
	webhook: string,
	emails: readonly string[],
	atOnce: number,
): Promise<Answer[]> {
	const left = [...emails];
	const answers: Answer[] = [];
	const lane = async (): Promise<void> => {
		for (let email = left.shift(); email !== undefined; email = left.shift()) {
			answers.push(await offboard(webhook, email));
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return answers;
}

/** The result that an answer holds: a row for each service. Throws if it holds none. */
export function rowsOf({ email, status, text }: Answer): ResultRow[] {
	if (status !== 200) throw new Error(`The answer about ${email} was ${status}: ${text}`);
	return (JSON.parse(text) as PersonItem[]).flatMap(rowsOfPerson);
}

/**
 * Every way in which the answers and the simulators disagree, in plain sentences. Whoever was active
 * before has been deactivated by this, and of whoever was not nothing else is claimed.
 */
export function disagreements(answers: readonly Answer[], before: Staff, after: Staff): string[] {
	return answers.flatMap((answer) =>
		problemsByService(rowsOf(answer), (service, row) => {
			const was = accountOf(before, service, answer.email);
			const outcome = was?.state === 'active' ? 'deactivated' : 'alreadyDeactivated';
			return [
				...(row.leaver === answer.email ? [] : [`the result is about ${row.leaver}`]),
				...problemsOf(
					row,
					{ outcome, done: true, state: 'deactivated' },
					was,
					accountOf(after, service, answer.email),
				),
			];
		}).map((problem) => `${answer.email}: ${problem}`),
	);
}

/** At how many services each of these people is deactivated. */
export function deactivations(staff: Staff, emails: readonly string[]): number[] {
	return emails.map(
		(email) =>
			SERVICE_NAMES.filter((service) => accountOf(staff, service, email)?.state === 'deactivated')
				.length,
	);
}

function accountOf(staff: Staff, service: ServiceName, email: string): AccountSnapshot | undefined {
	return staff[service].find((account) => account.email === email);
}
