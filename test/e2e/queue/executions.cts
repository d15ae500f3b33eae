import type { RunningCommand } from '../../host/command.cts';

/** The numbers of the executions that a worker has begun so far. */
export function begunBy(worker: RunningCommand): number[] {
	return numbersAfter('Worker started execution', worker);
}

/** The numbers of the executions that a worker has ended so far. */
export function endedBy(worker: RunningCommand): number[] {
	return numbersAfter('Worker finished execution', worker);
}

function numbersAfter(text: string, worker: RunningCommand): number[] {
	return [...worker.output().matchAll(new RegExp(`${text} (\\d+)`, 'g'))].map(([, id]) =>
		Number(id),
	);
}
