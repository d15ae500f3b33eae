import { SERVICE_NAMES } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';

/** The state of every account at every service, by service, email and ID. */
export type States = ReadonlyMap<string, string>;

/** All states at this moment. */
export function statesOf(simulators: Simulators): States {
	return new Map(
		SERVICE_NAMES.flatMap((service) =>
			simulators[service]
				.accounts()
				.map(({ id, email, state }): [string, string] => [`${service} ${email} ${id}`, state]),
		),
	);
}

/** Which accounts are in another state than before, as service, email and state. */
export function changedSince(before: States, simulators: Simulators): string[] {
	return [...statesOf(simulators)]
		.filter(([account, state]) => before.get(account) !== state)
		.map(([account, state]) => `${account.split(' ', 2).join(' ')} ${state}`);
}
