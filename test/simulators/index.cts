import { startAitronos } from './aitronos.cts';
import { startAwork } from './awork.cts';
import { startLangdock, type LangdockOptions } from './langdock.cts';
import { startScim } from './scim.cts';
import type { ServerOptions, Simulator } from './server.cts';
import { startZitadel } from './zitadel.cts';

export type * from './accounts.cts';
export * from './aitronos.cts';
export * from './awork.cts';
export type { Fault } from './faults.cts';
export * from './langdock.cts';
export * from './people.cts';
export type { ScimHabits } from './scim-habits.cts';
export * from './scim.cts';
export { SEED } from './seed.cts';
export type { LoggedRequest, Simulator } from './server.cts';
export type { Weather } from './weather.cts';
export * from './zitadel.cts';

/** How each is started, in the order of their ports. */
const STARTERS = {
	langdock: async (options: LangdockOptions) => await startLangdock('langdock', options),
	odeus: async (options: LangdockOptions) => await startLangdock('odeus', options),
	aitronos: startAitronos,
	zitadel: startZitadel,
	awork: startAwork,
	scim: startScim,
};

type Starters = typeof STARTERS;

/** One of the services. */
export type ServiceName = keyof Starters;

/** In the order of their ports. */
export const SERVICE_NAMES = Object.keys(STARTERS) as readonly ServiceName[];

/** How they are started: all alike, and each with options of its own. */
export type SimulatorsOptions = {
	/** The first listens on this port, the others on the next ones; on free ports if 0 or absent. */
	readonly portBase?: number;
	/** How long every answer takes; 0 by default. */
	readonly latencyMs?: number;
	/** So many generated people more at every service; none by default. */
	readonly crowd?: number;
} & { readonly [Name in ServiceName]?: NonNullable<Parameters<Starters[Name]>[0]> };

/** All running, by service name. */
export type Simulators = {
	readonly [Name in ServiceName]: Awaited<ReturnType<Starters[Name]>>;
} & {
	/** Every simulator back to the seed. */
	reset(): void;
	close(): Promise<void>;
};

/** Starts all on loopback, or none: if one can't start, the others are closed again. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
	const { portBase, latencyMs = 0, crowd = 0 } = options;
	const running = new Map<ServiceName, Simulator>();
	const close = async (): Promise<void> => {
		await Promise.all([...running.values()].map((simulator) => simulator.close()));
	};

	try {
		for (const [index, name] of SERVICE_NAMES.entries()) {
			const start = STARTERS[name] as (
				options: ServerOptions & { crowd: number },
			) => Promise<Simulator>;
			const port = portBase ? portBase + index : 0;
			running.set(name, await start({ crowd, latencyMs, port, ...options[name] }));
		}
	} catch (error) {
		await close();
		throw error;
	}
	return Object.assign(Object.fromEntries(running) as unknown as Simulators, {
		reset: () => running.forEach((simulator) => simulator.reset()),
		close,
	});
}
