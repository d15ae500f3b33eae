import { SERVICE_NAMES, type ServiceName, type Simulators } from '../simulators/index.cts';

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

/** The state of somebody's first account at a service. */
export function stateAt(states: States, service: ServiceName, email: string): string | undefined {
	return [...states].find(([account]) => account.startsWith(`${service} ${email} `))?.[1];
}

/** Which accounts are in another state than before, as service, email and state. */
export function changedSince(before: States, simulators: Simulators): string[] {
	return changedBetween(before, statesOf(simulators));
}

/** The same for two moments. */
export function changedBetween(before: States, after: States): string[] {
	return [...after]
		.filter(([account, state]) => before.get(account) !== state)
		.map(([account, state]) => `${account.split(' ', 2).join(' ')} ${state}`);
}
