import { chance } from '../simulators/weather.cts';

/** Real ones, kept before anything is replaced. */
const { setImmediate: immediate } = globalThis;
const RealDate = Date;

/** Rounds without a timer and without a result, after which nothing can come any more. */
const PATIENCE = 100;
/** Far more than any run needs that ends. */
const MAX_TICKS = 50_000;

/** Thrown where a run waits for something that never comes. */
export class NeverEnds extends Error {}

interface Timer {
	readonly id: number;
	readonly at: number;
	readonly fire: () => void;
}

/** The globals that a run sees in place of the real ones. */
type Replaced = 'setTimeout' | 'clearTimeout' | 'Date';

/**
 * Time that passes only when nothing else is left to do, so that waits cost nothing. Chance comes
 * from a seed as well, so that a run can be repeated.
 */
export class VirtualClock {
	private timers: Timer[] = [];
	private ids = 0;
	private time = RealDate.parse('2026-11-21T09:00:00Z');
	private draws = 0;

	constructor(private readonly seed: number) {}

	now(): number {
		return this.time;
	}

	/** From 0 to 1, the same in every run with the same seed. */
	chance(): number {
		return chance(`${this.seed} ${this.draws++}`);
	}

	/** Waits in virtual time. */
	async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.add(ms, resolve));
	}

	/**
	 * Runs something to its end in virtual time.
	 *
	 * @throws NeverEnds
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		const restore = this.install();
		try {
			let isSettled = false;
			const running = work().finally(() => (isSettled = true));
			running.catch(() => undefined);
			let idle = 0;
			for (let ticks = 0; ; ticks++) {
				// Twice: what the first round resolves may itself give way to the event loop.
				await new Promise((resolve) => immediate(resolve));
				await new Promise((resolve) => immediate(resolve));
				if (isSettled) return await running;
				if (ticks > MAX_TICKS) throw new NeverEnds('The node waits again and again');
				idle = this.tick() ? 0 : idle + 1;
				if (idle > PATIENCE) throw new NeverEnds('The node waits for something that never comes');
			}
		} finally {
			restore();
			this.timers = [];
		}
	}

	/** Goes on to the next moment at which something is due. */
	private tick(): boolean {
		const next = this.timers.shift();
		if (!next) return false;
		this.time = Math.max(this.time, next.at);
		next.fire();
		return true;
	}

	private add(ms: number, fire: () => void): number {
		const timer = { id: ++this.ids, at: this.time + Math.max(0, ms || 0), fire };
		const behind = this.timers.findIndex(({ at }) => at > timer.at);
		this.timers.splice(behind < 0 ? this.timers.length : behind, 0, timer);
		return timer.id;
	}

	private remove(id: unknown): void {
		this.timers = this.timers.filter((timer) => timer.id !== id);
	}

	private install(): () => void {
		const replaced: Record<Replaced, unknown> = {
			setTimeout: (fire: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
				this.add(ms, () => fire(...args)),
			clearTimeout: (id: unknown) => this.remove(id),
			Date: virtualDate(() => this.time),
		};
		const real = Object.fromEntries(
			Object.keys(replaced).map((name) => [name, globalThis[name as Replaced]]),
		);
		const { random } = Math;
		const { timeout } = AbortSignal;
		Object.assign(globalThis, replaced);
		Math.random = () => this.chance();
		AbortSignal.timeout = (ms) => {
			const controller = new AbortController();
			this.add(ms, () => controller.abort(new DOMException('Too late', 'TimeoutError')));
			return controller.signal;
		};
		return () => {
			Object.assign(globalThis, real);
			Math.random = random;
			AbortSignal.timeout = timeout;
		};
	}
}

function virtualDate(now: () => number): DateConstructor {
	return new Proxy(RealDate, {
		construct: (target, args: [], newTarget: DateConstructor) =>
			Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
		get: (target, key, receiver) =>
			key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown),
	});
}
