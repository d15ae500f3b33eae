import type { PersonFields } from '../../nodes/OffboardUser/person';
import type { Reason } from '../../nodes/shared/model/failure';
import type { AccountState, OffboardingRecord, Outcome } from '../../nodes/shared/model/record';
import type { failureFields } from '../../nodes/shared/n8n/errors';

/** What each value and field of the output means. The types hold this to what the nodes can output. */

export const RECORD: Readonly<Record<keyof OffboardingRecord, string>> = {
	service: '`langdock`, `odeus`, `aitronos`, `zitadel` or `awork`; with SCIM, the _App Name_',
	operation: '`deactivate`, `reactivate` or `get`',
	outcome: 'What happened. See [Outcomes](#outcomes).',
	changed: '`true` only if this run changed the account',
	userId: 'ID of the account. Absent if unknown, as at Langdock and Odeus.',
	email: 'Email of the account. Absent if unknown.',
	userName: 'With SCIM: the user name, if the user was chosen by it',
	externalId: 'With SCIM: the external ID, if the user was chosen by it',
	stateBefore: 'State before the run. See [States](#states).',
	stateAfter: 'State after the run. See [States](#states).',
	verified:
		'`true` only if `stateAfter` was read from the service. `false` if it was only concluded, for example from a success response.',
	timestamp: 'When the outcome was known (UTC)',
	sessionsEnded: 'Number of sessions that were ended, with _End Sessions_',
	warning: 'Something to check although nothing failed',
	response:
		"With _Output_ set to _Record with Response_: the service's own response body, with keys and tokens removed. Absent if the body was empty. A note in its place if the body is longer than 64 kB.",
};

export const OUTCOMES: Readonly<Record<Outcome, readonly [meaning: string, isDone: string]>> = {
	deactivated: ['This run deactivated the account.', 'yes'],
	alreadyDeactivated: [
		'The account was already deactivated. At Langdock and Odeus: no active member has this email, which may be mistyped. The states are then `unknown`, and the record has a `warning`.',
		'yes',
	],
	wouldDeactivate: ['Dry run: the account would be deactivated.', 'no'],
	reactivated: [
		'This run reactivated the account. At Langdock and Odeus, the person was invited and may have to accept.',
		'yes',
	],
	alreadyActive: [
		'The account was already active. At Langdock and Odeus, the service skipped the address.',
		'yes',
	],
	wouldReactivate: ['Dry run: the account would be reactivated.', 'no'],
	notFound: [
		'No user was found, and _If Not Found_ is set to _Succeed_. At Langdock and Odeus, the record has a `warning`.',
		'no',
	],
	found: ['_Get_ read the state of the account.', '–'],
};

export const STATES: Readonly<Record<AccountState, string>> = {
	active: 'The person can sign in, as far as the service tells.',
	deactivated: 'The service says that the account is deactivated.',
	locked: 'ZITADEL: locked, which is not the same as deactivated',
	invited: "Invited, but hasn't accepted yet. ZITADEL: never activated.",
	archived: 'awork: archived',
	unknown:
		"The service doesn't tell, the state wasn't read, or the service has a word of its own for it.",
};

export const REASONS: Readonly<
	Record<Exclude<Reason, 'alreadyActive'>, readonly [meaning: string, toDo: string]>
> = {
	invalidInput: [
		"A field, option or value in the credential can't be used, or its expression returns nothing. The message names it.",
		'Correct it.',
	],
	unauthorized: ['The service rejected the credential.', 'Check or renew the credential.'],
	forbidden: [
		"The credential doesn't have permission for this. Or nobody was found, but the credential can't see all users.",
		'Give it the scope, role or permission that the message names.',
	],
	notFound: [
		'No such user was found. See [Not found or forbidden](#not-found-or-forbidden). In Offboard User, also: no chosen service knows the email.',
		'Check the email or ID, and the organization that the credential belongs to.',
	],
	ambiguousUser: [
		'More than one user has this email. The message names their IDs.',
		'Choose the user by ID.',
	],
	protectedUser: [
		"The user is in _Protected Users_, can't be compared with it, or is the one that the credential belongs to.",
		'If the user really leaves, remove them from _Protected Users_ or use another credential.',
	],
	safetyLimit: [
		'The node would deactivate more users in this execution than _Safety Limit_ allows.',
		'Check what your HR system sent. If it is right, raise _Safety Limit_.',
	],
	alreadyDeactivated: [
		'The user was already deactivated, and _If Already Deactivated_ is set to _Fail_.',
		'Nothing, or set the option to _Succeed_.',
	],
	refused: [
		'The service refuses the change, for example for the last admin. Or someone who is invited or locked should be reactivated.',
		"Read the service's own message in `description`.",
	],
	rateLimited: [
		"The service received too many requests, and waiting didn't help or would take more than five minutes.",
		'Run the workflow again later. If this happens often, set _Parallel Requests_ to a low number.',
	],
	unavailable: [
		"The service can't be reached or has a fault of its own, even after all retries.",
		'Check the address in the credential, or run the workflow again later.',
	],
	timeout: [
		'The service did not respond in time, even after all retries.',
		'Run the workflow again: repeating is safe. `description` says whether the account may have been changed.',
	],
	unexpectedResponse: [
		"The response isn't the documented one: an HTML page, half a response, a redirect, or a response about another user.",
		'Check the address in the credential and run the workflow again.',
	],
	canceled: ['Someone stopped the execution.', 'Run the workflow again.'],
};

type DetailField = Exclude<keyof ReturnType<typeof failureFields>, 'message'>;

export const DETAILS: Readonly<Record<DetailField, string>> = {
	service: 'As in the record',
	operation: 'As in the record',
	reason: 'Why it failed. See [Reasons](#reasons).',
	description:
		"What to do, whether the account was changed, the number of attempts, and the service's own message",
	userId: 'ID of the account, if the item named the user by ID, or the user is protected',
	email: 'Email of the account, if the item named the user by email, or the user is protected',
	httpCode: 'Status code of the response, or a network code such as `ECONNREFUSED`',
	code: "The service's own error code",
	traceId: "The ID that the service's support asks for",
	item: 'Number of the input item, counted from 0',
	outcome:
		'What was done to the account before a later step failed, such as reading the state back',
};

/** In their order, those of the services between the others. */
export const PERSON: Readonly<Record<keyof PersonFields | '<service>', string>> = {
	email: 'The email from the input, or what was entered in its place',
	complete:
		'`true` only if the account is known to be in the wanted state at every service of the person. Always `false` in a dry run.',
	summary: 'What happened where, in plain sentences',
	dryRun: '`true` in a dry run, otherwise absent',
	'<service>':
		'A field for each service of the person, such as `zitadel`: the [outcome](#outcomes), with Get the [state](#states), `failed`, or `notAsked` if the service has no look-up',
	services:
		'One entry for each service of the person: its [record](#the-record), or the fields of `details` and a `message` if it failed',
	reason:
		'Why the person failed everywhere, if the cause is not a service. See [Reasons](#reasons).',
	description: 'What to do about that',
};
