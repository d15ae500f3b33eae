import type { GenericValue, IDataObject } from 'n8n-workflow';

import type { PathSegment } from './path';

/** What happened to one account in one run. A failure has no outcome: it is an error. */
export type Outcome =
	| 'deactivated'
	| 'alreadyDeactivated'
	| 'wouldDeactivate'
	| 'reactivated'
	| 'alreadyActive'
	| 'wouldReactivate'
	| 'notFound'
	| 'found';

export const ACCOUNT_STATES = [
	'active',
	'deactivated',
	'locked',
	'invited',
	'archived',
	'unknown',
] as const;

/** State of an account, as far as the service tells. */
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Whose account it is, as far as the service tells. */
export type AccountKind = 'person' | 'serviceAccount' | 'external' | 'agent' | 'unknown';

/** How the person is known at the service: what was given, or what the service answered. */
export interface Account {
	userId?: string | undefined;
	email?: string | undefined;
	/** Where the service has names for signing in, and the user was chosen by it. */
	userName?: string | undefined;
	/** The ID in the organization's own directory, where the user was chosen by it. */
	externalId?: string | undefined;
}

/** The one name to show of an account, and what it is. */
export function nameOf({ email, userName, externalId, userId }: Account) {
	if (email !== undefined) return { kind: 'email', name: email };
	if (userName !== undefined) return { kind: 'user name', name: userName };
	if (externalId !== undefined) return { kind: 'external ID', name: externalId };
	return { kind: 'ID', name: userId ?? '' };
}

/** All names that are given of an account, first the one that it is told apart by. */
export function namesIn({ userId, email, userName, externalId }: Account): string[] {
	return [userId, email, userName, externalId].filter((name) => name !== undefined);
}

/** An account as the service shows it. */
export interface AccountFacts {
	userId: PathSegment;
	/** The one to show first; some services know several. */
	emails: readonly string[];
	/** Login or user names, where the service has them: they name the account as addresses do. */
	loginNames?: readonly string[];
	/** The ID in the organization's own directory, where the service keeps it. */
	externalId?: string;
	/** Name of the person, for lists. */
	name: string | undefined;
	state: AccountState;
	/** The service's own word for a state that is none of ours. */
	stateName?: string | undefined;
	/** `unknown` if it is not said. */
	kind?: AccountKind;
}

/** One account of a list, in the same form for every service. */
export interface AccountRow {
	service: string;
	userId?: string;
	email?: string;
	emails: readonly string[];
	name?: string;
	state: AccountState;
	kind: AccountKind;
	/** What the reader should know: the entry of the service can't be read. */
	warning?: string;
}

/** Characters of an entry that can't be read. */
const MAX_ENTRY = 300;

/** @param account or the JSON of an entry that can't be read as one */
export function toAccountRow(
	account: AccountFacts | { json: string },
): Omit<AccountRow, 'service'> {
	if ('json' in account) {
		const warning = `This entry of the service can't be read: ${account.json.slice(0, MAX_ENTRY)}`;
		return { emails: [], state: 'unknown', kind: 'unknown', warning };
	}
	const { userId, emails, name, state, kind = 'unknown' } = account;
	const [email] = emails;
	return {
		userId,
		...(email !== undefined && { email }),
		emails: [...emails],
		...(name && { name }),
		state,
		kind,
	};
}

/** The present state of one account, with the service's own answer. */
export interface Reading {
	facts: AccountFacts;
	response: GenericValue;
}

/** What an adapter found out. It leaves out everything that it does not know. */
export interface Change extends Account {
	outcome: Outcome;
	stateBefore?: AccountState;
	stateAfter?: AccountState;
	/** Whether `stateAfter` was read from the service, not concluded from a status code. */
	verified?: boolean;
	/** How many sessions of the user were ended, where that was asked for. */
	sessionsEnded?: number;
	/** What the reader should know although nothing failed. */
	warning?: string | undefined;
	/** Body of the service's answer as it is; absent if it was empty. */
	response?: GenericValue;
}

/** Result of one account: the item that a node outputs. */
export interface OffboardingRecord extends Account {
	service: string;
	operation: string;
	outcome: Outcome;
	/** True only if this run changed the account. */
	changed: boolean;
	stateBefore: AccountState;
	stateAfter: AccountState;
	verified: boolean;
	/** When the outcome was known, ISO 8601, UTC. */
	timestamp: string;
	sessionsEnded?: number;
	warning?: string;
	response?: GenericValue;
}

/** Whether an outcome says that this run changed the account. */
export function changesAccount(outcome: Outcome): boolean {
	return outcome === 'deactivated' || outcome === 'reactivated';
}

/**
 * Completes what an adapter found out to the record that every node outputs. Facts that nobody knows
 * stay `unknown` (states) or absent (everything else): a zero or an empty text would be a claim.
 */
export function toRecord(
	run: { service: string; operation: string; account: Account },
	change: Change,
): OffboardingRecord {
	const userId = change.userId ?? run.account.userId;
	const email = change.email ?? run.account.email;
	const { userName, externalId } = run.account;
	const { outcome, sessionsEnded, warning, response, stateAfter = 'unknown' } = change;

	return {
		service: run.service,
		operation: run.operation,
		outcome,
		changed: changesAccount(outcome),
		...(userId !== undefined && { userId }),
		...(email !== undefined && { email }),
		...(userName !== undefined && { userName }),
		...(externalId !== undefined && { externalId }),
		stateBefore: change.stateBefore ?? 'unknown',
		stateAfter,
		verified: change.verified === true && stateAfter !== 'unknown',
		timestamp: new Date().toISOString(),
		...(sessionsEnded !== undefined && { sessionsEnded }),
		...(warning !== undefined && { warning }),
		...(response !== undefined && { response }),
	};
}

/** What a node outputs of a record: without the service's response, with it, or the response alone. */
export type OutputForm = 'simplified' | 'record' | 'raw';

/** The record in the form that was chosen. */
export function toOutput(record: OffboardingRecord, form: OutputForm): IDataObject {
	const { response, ...simplified } = record;
	return form === 'raw' ? toRawOutput(response) : form === 'record' ? { ...record } : simplified;
}

/**
 * The service's own body as an item. n8n's items are objects, and it takes one with a key `error` for
 * a failure: anything else goes under `data`.
 */
function toRawOutput(response: GenericValue): IDataObject {
	if (response === undefined) return {};
	const isObject = typeof response === 'object' && response !== null && !Array.isArray(response);
	return isObject && !('error' in response) ? (response as IDataObject) : { data: response };
}
