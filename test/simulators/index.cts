import { startAitronos } from './aitronos.cts';
import type { AitronosOptions, AitronosSimulator } from './aitronos.cts';
import { startAwork } from './awork.cts';
import type { AworkOptions, AworkSimulator } from './awork.cts';
import { startLangdock } from './langdock.cts';
import type { LangdockOptions, LangdockSimulator } from './langdock.cts';
import type { RateLimit } from './rate-limit.cts';
import type { ServerOptions, Simulator } from './server.cts';
import { startZitadel } from './zitadel.cts';
import type { ZitadelOptions, ZitadelSimulator } from './zitadel.cts';

export type { AccountSnapshot, AccountState } from './accounts.cts';
export { CROWD, crowdPerson } from './crowd.cts';
export type { Fault, FaultMatch } from './faults.cts';
export { SEED } from './seed.cts';
export {
	aitronosAccount,
	aworkAccount,
	langdockAccount,
	zitadelHuman,
	zitadelMachine,
} from './seed-accounts.cts';
export type { RateLimit } from './rate-limit.cts';
export type { LoggedRequest, LoggedViolation, Simulator } from './server.cts';
export type { Weather } from './weather.cts';
export { STAFF, UNKNOWN_EMAIL, UNREACHABLE_EMAIL } from './staff.cts';
export { startAitronos, startAwork, startLangdock, startZitadel };
export type { AitronosOptions, AworkOptions, LangdockOptions, ZitadelOptions };
export type { AitronosSimulator, AworkSimulator, LangdockSimulator, ZitadelSimulator };

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
	/** So many generated people more at every service; none by default. */
	readonly crowd?: number;
	/** The same for each of them. */
	readonly rateLimit?: RateLimit;
	readonly langdock?: LangdockOptions;
	readonly odeus?: LangdockOptions;
	readonly aitronos?: AitronosOptions;
	readonly zitadel?: ZitadelOptions;
	readonly awork?: AworkOptions;
}

/** All five running, by service name. */
export interface Simulators extends Readonly<Record<ServiceName, Simulator>> {
	readonly langdock: LangdockSimulator;
	readonly odeus: LangdockSimulator;
	readonly aitronos: AitronosSimulator;
	readonly zitadel: ZitadelSimulator;
	readonly awork: AworkSimulator;
	/** Every simulator back to the seed. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts all five on loopback, or none: if one can't start, the others are closed again. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
	const common = (name: ServiceName): ServerOptions & { readonly crowd: number } => ({
		crowd: options.crowd ?? 0,
		latencyMs: options.latencyMs ?? 0,
		...(options.rateLimit && { rateLimit: options.rateLimit }),
		port: options.portBase === undefined ? 0 : options.portBase + SERVICE_NAMES.indexOf(name),
	});
	const running: Simulator[] = [];
	const started = async <Running extends Simulator>(
		starting: Promise<Running>,
	): Promise<Running> => {
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
