import { isSameName } from '../model/email';
import { asFailure, Failure } from '../model/failure';
import type { PathSegment } from '../model/path';
import type { Change, Reading } from '../model/record';
import type { UserSelector } from '../parameters/locators';
import { countTowardsLimit, OWN_ACCOUNT, refuseProtected, refuseUnrecognizable } from './guards';
import {
	accountOf,
	addressesOf,
	confirmed,
	locate,
	namesOf,
	read,
	withCertainty,
	type Job,
	type Target,
} from './locate';
import {
	accepts,
	afterwards,
	DEACTIVATION,
	isReached,
	refusalOf,
	resolveOutcome,
	type Goal,
} from './outcome';
import type { RunContext } from './runContext';

/** What is to be done with one user. */
export interface ChangeJob<Values extends { userId: UserSelector }> extends Job<Values> {
	/** Sends the change. @throws Failure */
	apply(userId: PathSegment): Promise<Change>;
}

/** Deactivates or reactivates a user: locate, protect, look, act, end sessions, verify. */
export async function changeUser<Values extends { userId: UserSelector }>(
	job: ChangeJob<Values>,
	goal: Goal,
): Promise<Change> {
	return await withCertainty(job, async () => {
		const target = await locate(job);
		return await job.run.withLock(target.userId, async () => {
			if (goal === DEACTIVATION) refuseProtected(namesOf(target), accountOf(target), job.options);
			const checks = [refuseOwn(job, target, goal), look(job, target, goal)] as const;
			// Neither waits for the other, but nothing goes on before both are over.
			await Promise.allSettled(checks);
			const [, before] = await Promise.all(checks);
			const change = await act(job, target, before, goal);
			if (job.options.dryRun) return change;
			const sessionsEnded = await endSessions(job, target, change, goal);
			return { ...(await verify(job, target, change, goal)), ...sessionsEnded };
		});
	});
}

/** The present state of a user. */
export async function getUser<Values extends { userId: UserSelector }>(
	job: Job<Values>,
): Promise<Change> {
	return await withCertainty(job, async () => {
		const target = await locate(job);
		const reading = await read(job, target);
		return complete(asItIs('found', reading), target, reading);
	});
}

/** @throws Failure `protectedUser` */
async function refuseOwn<Values extends { userId: UserSelector }>(
	{ users, run }: Job<Values>,
	target: Target,
	goal: Goal,
): Promise<void> {
	if (goal !== DEACTIVATION || !users.loadOwnUserId) return;
	const own = await run.once(users.loadOwnUserId);
	if (own !== undefined && isSameName(own, target.userId)) throw OWN_ACCOUNT;
}

/** Reads the user, unless the service itself checks everything that matters. */
async function look<Values extends { userId: UserSelector }>(
	job: Job<Values>,
	target: Target,
	goal: Goal,
): Promise<Reading | undefined> {
	const { users, values, options } = job;
	const isGuarded = goal === DEACTIVATION && options.protectedUsers.length > 0;
	// A list may be older than the account: whom it shows may have another address by now.
	const isListed = values.userId.by !== 'id';
	if (users.readFirst !== true && !options.dryRun && !isGuarded && !isListed) return undefined;

	const reading = await read(job, target);
	if (isGuarded) {
		const account = accountOf(reading.facts);
		refuseProtected(namesOf(reading.facts), account, options);
		refuseUnrecognizable(addressesOf(reading.facts), account, options);
	}
	return reading;
}

async function act<Values extends { userId: UserSelector }>(
	job: ChangeJob<Values>,
	target: Target,
	before: Reading | undefined,
	goal: Goal,
): Promise<Change> {
	const { users, values, run, options, apply } = job;
	const state = before?.facts.state;
	if (before && state === goal.state) {
		if (!accepts(goal, options)) throw new Failure(goal.already);
		return complete(asItIs(goal.already, before), target, before);
	}
	const refusal =
		before && (refusalOf(before.facts.state, goal) ?? users.refusal?.(before.facts, goal));
	if (refusal) throw refusal;
	const warning =
		goal === DEACTIVATION
			? countTowardsLimit(run, countedAs(values.userId, before?.facts ?? target, run), options)
			: undefined;
	if (before && options.dryRun) {
		const preview = complete(asItIs(goal.would, before), target, before);
		return { ...preview, ...(warning !== undefined && { warning }) };
	}
	const applied = apply(target.userId).catch(async (error: unknown) => {
		throw await confirmed(job, target, asFailure(error), goal);
	});
	return complete(await resolveOutcome(applied, goal, options, state), target, before);
}

/** What the safety limit counts: the account, or the person that was asked for. */
function countedAs(
	selector: UserSelector,
	account: Target,
	{ tenant }: Pick<RunContext, 'tenant'>,
): string[] {
	return tenant === undefined && selector.by === 'email' ? [selector.name] : namesOf(account);
}

async function endSessions<Values extends { userId: UserSelector }>(
	{ users, run, options }: Job<Values>,
	{ userId }: Target,
	change: Change,
	goal: Goal,
): Promise<{ sessionsEnded?: number }> {
	if (goal !== DEACTIVATION || !options.endSessions || !users.endSessions) return {};
	const sessionsEnded = await users.endSessions(userId, run).catch((error: unknown) => {
		throw afterwards(error, change, 'not all sessions were ended');
	});
	return { sessionsEnded };
}

/** Reads the state back, if asked for, and fails if the service has not done what it confirmed. */
async function verify<Values extends { userId: UserSelector }>(
	job: Job<Values>,
	target: Target,
	change: Change,
	goal: Goal,
): Promise<Change> {
	if (!job.options.verify || job.users.readsBack) return change;
	const { facts } = await read(job, target).catch((error: unknown) => {
		throw afterwards(error, change, "the state couldn't be read back");
	});
	if (!isReached(facts.state, goal)) {
		throw new Failure('unexpectedResponse', {
			summary: `The service confirmed the change, but the user is still '${facts.stateName ?? facts.state}'`,
			advice: 'Check the user at the service, then run the workflow again: repeating is safe.',
			effect: 'possible',
		});
	}
	return { ...change, stateAfter: facts.state, verified: true };
}

/** The outcome for a user whose state was just read and stays as it is. */
function asItIs(outcome: Change['outcome'], { facts, response }: Reading): Change {
	return {
		outcome,
		stateBefore: facts.state,
		stateAfter: facts.state,
		verified: true,
		response,
	};
}

/** Adds what was found out on the way, also the service's own word for a state that is none of ours. */
function complete(change: Change, target: Target, before: Reading | undefined): Change {
	const email = before?.facts.emails[0] ?? target.emails[0];
	const stateBefore = change.stateBefore ?? before?.facts.state;
	const stateName = before?.facts.stateName;
	const warning = stateName && `The service called the state of this user '${stateName}'.`;
	return {
		...change,
		userId: target.userId,
		...(change.email === undefined && email !== undefined && { email }),
		...(stateBefore !== undefined && { stateBefore }),
		...(change.warning === undefined && warning !== undefined && { warning }),
	};
}
