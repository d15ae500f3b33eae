import { Problem } from '../../test/host/problem.cts';
import { addressOf } from './place.cts';
import type { Place } from './place.cts';
import type { Side } from './sides.cts';
import type { Verdict } from './turns.cts';

/**
 * Holds what a side says against what the service knows.
 *
 * @throws Problem if it says what is not so, or asked for what nobody should. Where nothing can go
 * wrong, each account must also have been deactivated by one request: a side may be quick but wrong.
 */
export function judge(side: Side, name: string, items: readonly unknown[], place: Place): Verdict {
	const { users, deactivated, unanswered, violations, requests, isReliable } = place;
	const addresses = Array.from({ length: users }, (_, number) => addressOf(number));
	const isDone = (email: string, index: number) =>
		side.says(items[index], email, unanswered.has(email));
	const done = addresses.filter(isDone);
	const failed = addresses.findIndex((email, index) => !isDone(email, index));
	const wrong = done.filter((email) => !deactivated.has(email));
	refuse(`'${side.title}' (${name}, ${users} people)`, [
		items.length !== users && `${items.length} items came out instead of ${users}`,
		wrong.length > 0 && `${wrong.length} accounts, such as ${wrong[0]}, are not deactivated`,
		violations.length > 0 && `${violations.length} requests were wrong: ${violations[0]}`,
		isReliable && failed >= 0 && `one is not done: ${JSON.stringify(items[failed])}`,
		isReliable && requests !== users && `it sent ${requests} requests`,
	]);
	return {
		done: done.length,
		unreported: deactivated.size - done.length,
		requests,
		shareBeyond: place.shareBeyond,
	};
}

/** @throws Problem if there is one */
export function refuse(what: string, problems: ReadonlyArray<string | false>): void {
	const found = problems.filter((problem) => problem !== false);
	if (found.length > 0) throw new Problem(`${what} does not count: ${found.join('; ')}.`);
}
