import { sameEmail } from './directory';
import { Failure } from '../model/failure';
import type { Options } from '../parameters/options';
import type { Account } from '../model/record';

/**
 * Refuses a user who is on the list of protected ones, by any address or id that is known of them.
 *
 * @throws Failure `protectedUser`
 */
export function refuseProtected(
	{ userId, emails }: { userId?: string | undefined; emails: readonly string[] },
	{ protectedUsers }: Options,
): void {
	const known = [...emails, ...(userId === undefined ? [] : [userId])];
	if (protectedUsers.some((entry) => known.some((name) => sameEmail(name, entry)))) {
		throw new Failure('protectedUser', { account: { userId, email: emails[0] } });
	}
}

/** How many different accounts a run is about; an account given twice is one account. */
export function countAccounts(accounts: readonly Account[]): number {
	return new Set(accounts.map(({ userId, email }) => userId ?? email?.toLowerCase())).size;
}

/** Whether a run over so many accounts is more than one of its items allows. */
export function exceedsLimit(count: number, { safetyLimit }: Options): boolean {
	return safetyLimit > 0 && count > safetyLimit;
}

/** What to say of a run over too many accounts. */
export function overLimit(count: number, { safetyLimit }: Options): string {
	return `This run is about ${count} users, and 'Safety Limit' allows ${safetyLimit}`;
}
