import { startAitronos } from './aitronos.cts';
import type { AitronosOptions } from './aitronos.cts';
import { startAwork } from './awork.cts';
import type { AworkOptions } from './awork.cts';
import { startLangdock } from './langdock.cts';
import type { LangdockOptions } from './langdock.cts';
import type { ServerOptions, Simulator } from './server.cts';
import { startZitadel } from './zitadel.cts';
import type { ZitadelOptions } from './zitadel.cts';

export type { AccountSnapshot, AccountState } from './accounts.cts';
export type { Fault, FaultMatch } from './faults.cts';
export { SEED, STAFF, UNKNOWN_EMAIL } from './seed.cts';
export type { LoggedRequest, LoggedViolation, Simulator } from './server.cts';
export { startAitronos, startAwork, startLangdock, startZitadel };
export type { AitronosOptions, AworkOptions, LangdockOptions, ZitadelOptions };

/** In the order of their ports. */
export const SERVICE_NAMES = ['langdock', 'odeus', 'aitronos', 'zitadel', 'awork'] as const;

/** One of the five services. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** How the five are started: all alike, and each with options of its own. */
export interface SimulatorsOptions {
	/** The five listen on this port and the next four; on free ports if not given. */
	readonly portBase?: number;
	/** How long every answer takes; 0 by default. */
	readonly latencyMs?: number;
	readonly langdock?: LangdockOptions;
	readonly odeus?: LangdockOptions;
	readonly aitronos?: AitronosOptions;
	readonly zitadel?: ZitadelOptions;
	readonly awork?: AworkOptions;
}

/** All five running, by service name. */
export interface Simulators extends Readonly<Record<ServiceName, Simulator>> {
	/** Every simulator back to the seed. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts all five on loopback, or none: if one can't start, the others are closed again. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
	const common = (name: ServiceName): ServerOptions => ({
		latencyMs: options.latencyMs ?? 0,
		port: options.portBase === undefined ? 0 : options.portBase + SERVICE_NAMES.indexOf(name),
	});
	const running: Simulator[] = [];
	const started = async (starting: Promise<Simulator>): Promise<Simulator> => {
		const simulator = await starting;
		running.push(simulator);
		return simulator;
	};
	const close = async (): Promise<void> => {
		await Promise.all(running.map((simulator) => simulator.close()));
	};

	try {
		return {
			langdock: await started(
				startLangdock('langdock', { ...common('langdock'), ...options.langdock }),
			),
			odeus: await started(startLangdock('odeus', { ...common('odeus'), ...options.odeus })),
			aitronos: await started(startAitronos({ ...common('aitronos'), ...options.aitronos })),
			zitadel: await started(startZitadel({ ...common('zitadel'), ...options.zitadel })),
			awork: await started(startAwork({ ...common('awork'), ...options.awork })),
			reset: () => running.forEach((simulator) => simulator.reset()),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
