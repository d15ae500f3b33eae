import type { GenericValue } from 'n8n-workflow';

import { onlyMatch, type AccountFacts, type Directory } from './directory';
import { asFailure } from '../n8n/errors';
import { aboutNobody } from '../http/errorTable';
import { Failure } from '../model/failure';
import { refuseProtected } from './guards';
import type { Options } from '../parameters/options';
import type { PathSegment } from '../model/path';
import type { AccountState, Change } from '../model/record';
import type { Session } from './runContext';
import { settleAlreadyActive, settleAlreadyDeactivated } from './outcome';
import type { UserSelector } from '../parameters/locators';

/** One user at a service that can be asked about its users. */
export interface UserJob<Values extends { userId: UserSelector }> {
	directory: Directory<NoInfer<Values>>;
	values: Values;
	session: Session;
	options: Options;
}

/** What a service does to a user once it is clear who that is. */
export interface ChangeSteps {
	/** @throws Failure, `alreadyDeactivated` or `alreadyActive` among others */
	act(userId: PathSegment): Promise<Change>;
	/** Where the service does not say whether the user was in the wanted state before. */
	readFirst?: boolean;
}

export interface DeactivateSteps extends ChangeSteps {
	/** The user that the credential belongs to, where deactivating it would cut the own branch. */
	ownUserId?(): Promise<string>;
	/** Ends all sessions of the user and says how many. */
	endSessions?(userId: PathSegment): Promise<number>;
}

interface Reading {
	facts: AccountFacts;
	response: GenericValue;
}

/** Deactivates a user: locate, protect, look, act, end sessions, verify. */
export async function deactivateUser<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
	steps: DeactivateSteps,
): Promise<Change> {
	const target = await locate(job);
	return await job.session.inTurn(target.userId, async () => await deactivate(job, steps, target));
}

async function deactivate<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
	steps: DeactivateSteps,
	target: Target,
): Promise<Change> {
	const { options, session } = job;
	refuseProtected(target, options);
	const own = steps.ownUserId && (await session.once('ownUserId', steps.ownUserId));
	if (own === target.userId) throw OWN_ACCOUNT;

	const mustRead = steps.readFirst === true || options.dryRun || options.protectedUsers.length > 0;
	const before = mustRead ? await read(job, target.userId) : undefined;
	if (before) refuseProtected(before.facts, options);

	const acted = settleAlreadyDeactivated(
		before?.facts.state === 'deactivated'
			? Promise.resolve(asItIs('alreadyDeactivated', before))
			: before && options.dryRun
				? Promise.resolve(asItIs('wouldDeactivate', before))
				: steps.act(target.userId),
		options,
		before?.facts.state ?? target.state,
	);
	const change = complete(await acted, target, before);
	if (options.dryRun) return change;

	const sessionsEnded =
		options.endSessions && steps.endSessions
			? await steps.endSessions(target.userId).catch((error: unknown) => {
					throw afterwards(error, change, 'sessions were not all ended');
				})
			: undefined;
	const verified = await verify(job, target.userId, change, 'deactivated');
	return { ...verified, ...(sessionsEnded !== undefined && { sessionsEnded }) };
}

/** Reactivates a user: locate, look, act, verify. */
export async function reactivateUser<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
	steps: ChangeSteps,
): Promise<Change> {
	const target = await locate(job);
	return await job.session.inTurn(target.userId, async () => await reactivate(job, steps, target));
}

async function reactivate<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
	steps: ChangeSteps,
	target: Target,
): Promise<Change> {
	const { options } = job;
	const mustRead = steps.readFirst === true || options.dryRun;
	const before = mustRead ? await read(job, target.userId) : undefined;

	const acted = settleAlreadyActive(
		before?.facts.state === 'active'
			? Promise.resolve(asItIs('alreadyActive', before))
			: before && options.dryRun
				? Promise.resolve(asItIs('wouldReactivate', before))
				: steps.act(target.userId),
		before?.facts.state ?? target.state,
	);
	const change = complete(await acted, target, before);
	return options.dryRun ? change : await verify(job, target.userId, change, 'active');
}

/** The present state of a user. */
export async function getUser<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
): Promise<Change> {
	const target = await locate(job);
	const reading = await read(job, target.userId);
	return complete(asItIs('found', reading), target, reading);
}

const OWN_ACCOUNT = new Failure('protectedUser', {
	summary: 'The user is the one that the credential belongs to',
	advice: 'Deactivate it by hand, or with the credential of another one. Nothing was changed.',
});

interface Target {
	userId: PathSegment;
	emails: readonly string[];
	/** As listed, where the user was looked up: perhaps a moment old. */
	state?: AccountState;
}

async function locate<Values extends { userId: UserSelector }>({
	directory,
	values,
	session,
}: UserJob<Values>): Promise<Target> {
	const selector = values.userId;
	if (selector.by === 'id') return { userId: selector.userId, emails: [] };
	const candidates = await directory
		.find(selector.email, values, session)
		.catch((error: unknown) => {
			// Else a wrong address would pass for a person who has no account.
			throw aboutNobody(asFailure(error));
		});
	return onlyMatch(selector.email, candidates);
}

async function read<Values extends { userId: UserSelector }>(
	{ directory, values, session }: UserJob<Values>,
	userId: PathSegment,
): Promise<Reading> {
	return await directory.read(userId, values, session);
}

/** The outcome for a user whose state was just read and is left as it is. */
function asItIs(outcome: Change['outcome'], { facts, response }: Reading): Change {
	return { outcome, stateBefore: facts.state, stateAfter: facts.state, verified: true, response };
}

/** Adds what was found out on the way. */
function complete(change: Change, target: Target, before: Reading | undefined): Change {
	const email = before?.facts.emails[0] ?? target.emails[0];
	const stateBefore = change.stateBefore ?? before?.facts.state;
	return {
		...change,
		userId: target.userId,
		...(change.email === undefined && email !== undefined && { email }),
		...(stateBefore !== undefined && { stateBefore }),
	};
}

/** Reads the state back, if asked for, and fails if the service has not done what it said. */
async function verify<Values extends { userId: UserSelector }>(
	job: UserJob<Values>,
	userId: PathSegment,
	change: Change,
	wanted: AccountState,
): Promise<Change> {
	if (!job.options.verify) return change;
	const { facts } = await read(job, userId).catch((error: unknown) => {
		throw afterwards(error, change, 'the state could not be read back');
	});
	if (facts.state !== wanted) {
		throw new Failure('unexpectedResponse', {
			summary: `The service said yes, but the state of the user is '${facts.state}'`,
			advice: 'Look the user up at the service, then run the workflow again: repeating is safe.',
			done: change.outcome,
		});
	}
	return { ...change, stateAfter: facts.state, verified: true };
}

/** A failure after the account was dealt with: what was done must not be lost with it. */
function afterwards(error: unknown, { outcome }: Change, what: string): Failure {
	const { reason, facts } = asFailure(error);
	const because = facts.summary === undefined ? '' : `: ${facts.summary}`;
	return new Failure(reason, {
		...facts,
		summary: `The outcome is '${outcome}', but ${what}${because}`,
		advice: 'Run the workflow again: repeating is safe and finishes what is left.',
		done: outcome,
	});
}
