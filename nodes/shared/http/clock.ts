import { sleep } from 'n8n-workflow';

import { Failure } from '../model/failure';

/** Milliseconds since 1970, for measuring durations. */
export function now(): number {
	return Date.now();
}

/** Gives the share of the time since now, from 0 to 1, in which this process was busy. */
export function measureLoad(): () => number {
	const start = performance.eventLoopUtilization();
	return () => performance.eventLoopUtilization(start).utilization;
}

/** @throws Failure `canceled` if the execution was stopped */
export function throwIfCanceled(signal: AbortSignal | undefined): void {
	if (signal?.aborted === true) throw new Failure('canceled');
}

/**
 * Waits, but no longer than the execution runs.
 *
 * @param milliseconds how long
 * @param signal of the execution
 * @throws Failure `canceled` as soon as the execution is stopped
 */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	const end = now() + milliseconds;
	do {
		throwIfCanceled(signal);
		await sleepUntilCanceled(Math.min(end - now(), LONGEST_SLEEP), signal);
	} while (now() < end);
	throwIfCanceled(signal);
}

/** Nodes can't clear timers, so none may keep running long after a cancellation. */
const LONGEST_SLEEP = 1000;

async function sleepUntilCanceled(milliseconds: number, signal: AbortSignal | undefined) {
	let wake = () => {};
	const woken = new Promise<void>((resolve) => {
		wake = resolve;
	});
	signal?.addEventListener('abort', wake);
	await Promise.race([woken, sleep(milliseconds)]);
	signal?.removeEventListener('abort', wake);
}

/** The same duration, up to a quarter more or less, so that clients don't all come back at once. */
export function jittered(milliseconds: number): number {
	return milliseconds * (0.75 + Math.random() / 2);
}
