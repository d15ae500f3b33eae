import { startAitronos } from './aitronos.cts';
import { startAwork } from './awork.cts';
import { startLangdock } from './langdock.cts';
import { startScim } from './scim.cts';
import { startZitadel } from './zitadel.cts';

export type * from './accounts.cts';
export * from './aitronos.cts';
export * from './awork.cts';
export type { Fault } from './faults.cts';
export * from './langdock.cts';
export * from './people.cts';
export type { ScimHabits } from './scim-users.cts';
export * from './scim.cts';
export { SEED } from './seed.cts';
export type { LoggedRequest, Simulator, WireAnswer } from './server.cts';
export type { Weather } from './weather.cts';
export * from './zitadel.cts';

/** How each is started, in the order in which they are named. */
const STARTERS = {
	langdock: async (options: SimulatorsOptions) => await startLangdock('langdock', options),
	odeus: async (options: SimulatorsOptions) => await startLangdock('odeus', options),
	aitronos: startAitronos,
	zitadel: startZitadel,
	awork: startAwork,
	scim: startScim,
};

type Starters = typeof STARTERS;

/** One of the services. */
export type ServiceName = keyof Starters;

export const SERVICE_NAMES = Object.keys(STARTERS) as readonly ServiceName[];

/** How they are started, all alike. */
export interface SimulatorsOptions {
	/** How long every answer takes; 0 by default. */
	readonly latencyMs?: number;
	/** So many generated people more at every service; none by default. */
	readonly crowd?: number;
}

/** All running, by service name. */
export type Simulators = {
	readonly [Name in ServiceName]: Awaited<ReturnType<Starters[Name]>>;
} & {
	/** Every simulator back to the seed. */
	reset(): void;
	close(): Promise<void>;
};

/** Starts all on loopback. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
	const running = await Promise.all(
		SERVICE_NAMES.map(async (name) => [name, await STARTERS[name](options)] as const),
	);
	return Object.assign(Object.fromEntries(running) as unknown as Simulators, {
		reset: () => running.forEach(([, simulator]) => simulator.reset()),
		close: async () => {
			await Promise.all(running.map(async ([, simulator]) => await simulator.close()));
		},
	});
}
