import { aboutNobody } from '../http/errorTable';
import { isSameName } from '../model/email';
import { asFailure, Failure, lookInto } from '../model/failure';
import type { PathSegment } from '../model/path';
import { nameOf, type AccountFacts, type Change, type Reading } from '../model/record';
import { toAccount, type UserSelector } from '../parameters/locators';
import type { Options } from '../parameters/options';
import { isKnownBy, onlyMatch, type UserDirectory } from './directory';
import { DEACTIVATION, isNobody, type Goal } from './outcome';
import type { RunContext } from './runContext';

/** What is asked about one user. */
export interface Job<Values extends { userId: UserSelector }> {
	users: Omit<UserDirectory<NoInfer<Values>>, 'deactivate' | 'reactivate' | 'search' | 'list'>;
	values: Values;
	run: RunContext;
	options: Options;
}

/** The user, as far as the parameters and the list tell. */
export type Target = Pick<AccountFacts, 'userId' | 'emails' | 'loginNames'>;

/** All names that an account is known by, its ID first. */
export function namesOf({ userId, emails, loginNames = [] }: Target): string[] {
	return [userId, ...emails, ...loginNames];
}

/**
 * What an address in a list can be compared with. A person may have one that the service does not
 * show; a service account has none, and its login name is all.
 */
export function addressesOf({ emails, loginNames = [], kind }: AccountFacts): string[] {
	const names = [...emails, ...loginNames];
	return kind === 'serviceAccount' ? names : names.filter((name) => name.includes('@'));
}

/** The account as errors name it. */
export function accountOf({ userId, emails: [email] }: Target): { userId: string; email?: string } {
	return { userId, ...(email !== undefined && { email }) };
}

/** Lets nobody pass for not found whom the credential just can't see. */
export async function withCertainty<Values extends { userId: UserSelector }>(
	{ users, run, values }: Job<Values>,
	work: () => Promise<Change>,
): Promise<Change> {
	return await work().catch(async (error: unknown) => {
		const failure = asFailure(error);
		if (!isNobody(failure) || !users.proveSeesEverybody) throw failure;
		await run.once(users.proveSeesEverybody).catch((cause: unknown) => {
			const { reason } = asFailure(cause);
			throw reason === 'forbidden' ? asFailure(cause).with({ summary: unseen(values) }) : cause;
		});
		throw failure;
	});
}

function unseen({ userId: selector }: { userId: UserSelector }): string {
	return `The credential can't see all users, so '${nameOf(toAccount(selector)).name}' may exist`;
}

/** Finds the user that the parameters name. */
export async function locate<Values extends { userId: UserSelector }>({
	users,
	values,
	run,
}: Job<Values>): Promise<Target> {
	const selector = values.userId;
	if (selector.by === 'id') return { userId: selector.userId, emails: [] };
	const candidates = await users.find(selector, values, run).catch((error: unknown) => {
		// Otherwise a wrong address would look like a person who has no account.
		throw aboutNobody(asFailure(error));
	});
	return onlyMatch(selector, candidates);
}

/** Reads an account and makes sure that the answer is about it. */
export async function read<Values extends { userId: UserSelector }>(
	{ users, values, run }: Job<Values>,
	{ userId }: Pick<Target, 'userId'>,
): Promise<Reading> {
	const reading = await users.read(userId, values, run);
	const selector = values.userId;
	const { facts } = aboutUser(userId, reading);
	if (selector.by !== 'id' && !isKnownBy(facts, selector)) {
		const { kind, name } = nameOf(toAccount(selector));
		throw new Failure('unexpectedResponse', {
			summary: `The user found by the ${kind} '${name}' has another ${kind} now`,
			advice: 'Check the user at the service, then run the workflow again.',
		});
	}
	return reading;
}

/**
 * The same reading, if it is about the user that was asked for.
 *
 * @throws Failure `unexpectedResponse`
 */
export function aboutUser(userId: PathSegment, reading: Reading): Reading {
	const answered = reading.facts.userId;
	if (!isSameName(answered, userId)) throw aboutAnother(userId, answered);
	return reading;
}

/** @param answered the ID in the service's answer */
export function aboutAnother(userId: PathSegment, answered: string): Failure {
	return new Failure('unexpectedResponse', {
		summary: `The service answered about another user than '${userId}'`,
		advice: `It answered about '${answered}'. Try again later, and contact the service if it happens again.`,
	});
}

/**
 * Reads the user where the service says that nothing needs to be done, unless that can mean only one
 * thing: who can't be reactivated may be locked, or invited.
 */
export async function confirmed<Values extends { userId: UserSelector }>(
	job: Job<Values>,
	target: Target,
	refusal: Failure,
	goal: Goal,
): Promise<Failure> {
	const isCertain = goal === DEACTIVATION && job.users.readFirst !== true;
	if (refusal.reason !== goal.already || isCertain) return refusal;
	const { facts } = await lookInto(refusal, read(job, target));
	if (facts.state === goal.state) return refusal;
	const state = facts.stateName ?? facts.state;
	return refusal.with(
		{
			summary: `The service says that the user is already ${goal.state}, but the state of the user is '${state}'`,
			advice: 'Check the user at the service, then run the workflow again: repeating is safe.',
		},
		'unexpectedResponse',
	);
}
