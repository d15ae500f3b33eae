import type { ResultRow } from '../../host/offboarding.cts';
import { WEBHOOK_KEY } from '../../host/offboarding.cts';
import { crowdPerson, SERVICE_NAMES } from '../../simulators/index.cts';
import type { AccountSnapshot, ServiceName, Simulators } from '../../simulators/index.cts';

/** What the webhook answered about one leaver. */
export interface Answer {
	readonly email: string;
	readonly status: number;
	/** The whole answer, as sent. */
	readonly text: string;
}

/** The accounts of one person, or of many, by service and in the order of the simulators. */
export type Accounts = Readonly<Record<ServiceName, readonly AccountSnapshot[]>>;

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

/** The result that an answer holds: a row for each service. Throws if it holds none. */
export function rowsOf({ email, status, text }: Answer): ResultRow[] {
	if (status !== 200) throw new Error(`The answer about ${email} was ${status}: ${text}`);
	return JSON.parse(text) as ResultRow[];
}

/** The accounts of these people at all services now. */
export function accountsOf(simulators: Simulators, emails: readonly string[]): Accounts {
	const wanted = new Set(emails);
	return accountsWhere(simulators, (email) => wanted.has(email));
}

/** The accounts of everybody else at all services now. */
export function accountsBut(simulators: Simulators, emails: readonly string[]): Accounts {
	const unwanted = new Set(emails);
	return accountsWhere(simulators, (email) => !unwanted.has(email));
}

function accountsWhere(simulators: Simulators, filter: (email: string) => boolean): Accounts {
	const entries = SERVICE_NAMES.map((service) => [
		service,
		simulators[service].accounts().filter(({ email }) => filter(email ?? '')),
	]);
	return Object.fromEntries(entries) as Accounts;
}

/** The accounts that are not deactivated, in plain words. */
export function stillActive(accounts: Accounts): string[] {
	return SERVICE_NAMES.flatMap((service) =>
		accounts[service]
			.filter(({ state }) => state !== 'deactivated')
			.map(({ email, state }) => `${service}: ${email} is ${state}`),
	);
}
