import type {
	AccountState,
	DetailField,
	OffboardingRecord,
	Outcome,
	Person,
	PublicReason,
} from './source.cts';

/** What each value and field of the output means. The types hold this to what the nodes can output. */

export const RECORD: Readonly<Record<keyof OffboardingRecord, string>> = {
	service: '`langdock`, `odeus`, `aitronos`, `zitadel` or `awork`',
	operation: '`deactivate`, `reactivate` or `get`',
	outcome: 'What happened. See [Outcomes](#outcomes).',
	changed: '`true` only if this run changed the account',
	userId: 'ID of the account. Absent if unknown, as at Langdock and Odeus.',
	email: 'Email of the account. Absent if unknown.',
	stateBefore: 'State before the run. See [States](#states).',
	stateAfter: 'State after the run. See [States](#states).',
	verified:
		'`true` only if `stateAfter` was read from the service. `false` if it was concluded from a success response.',
	timestamp: 'When the outcome was known (UTC)',
	sessionsEnded: 'Number of sessions that were ended, with _End Sessions_',
	warning: 'Something to check although nothing failed',
	response:
		"The service's own response body, with keys and tokens removed. Absent if the body was empty.",
};

export const OUTCOMES: Readonly<Record<Outcome, readonly [meaning: string, isDone: string]>> = {
	deactivated: ['This run deactivated the account.', 'yes'],
	alreadyDeactivated: ['The account was already deactivated.', 'yes'],
	wouldDeactivate: ['Dry run: the account would be deactivated.', 'no'],
	reactivated: [
		'This run reactivated the account. At Langdock and Odeus, the person was invited and may have to accept.',
		'yes',
	],
	alreadyActive: ['The account was already active.', 'yes'],
	wouldReactivate: ['Dry run: the account would be reactivated.', 'no'],
	notFound: ['No user was found, and _If Not Found_ is set to _Succeed_.', 'no'],
	found: ['_Get_ read the state of the account.', '–'],
};

export const STATES: Readonly<Record<AccountState, string>> = {
	active: 'The person can sign in, as far as the service tells.',
	deactivated: 'The access is gone.',
	locked: 'ZITADEL: locked, which is not the same as deactivated',
	invited: "Invited, but hasn't accepted or signed in yet",
	archived: 'awork: archived',
	unknown:
		"The service doesn't tell, or it reported a state that this package doesn't know or didn't read.",
};

export const REASONS: Readonly<Record<PublicReason, readonly [meaning: string, toDo: string]>> = {
	invalidInput: [
		'A field, or a value in the credential, cannot be used. The message names it.',
		'Correct it.',
	],
	unauthorized: ['The service rejected the credential.', 'Check or renew the credential.'],
	forbidden: [
		"The credential is valid, but doesn't have permission for this.",
		'Give it the scope or role that the message names.',
	],
	notFound: [
		'No such user was found. The node never counts this as a finished offboarding by itself.',
		'Check the email or ID, and the organization that the credential belongs to.',
	],
	ambiguousUser: [
		'More than one user has this email. The message names their IDs.',
		'Choose the user by ID.',
	],
	protectedUser: [
		'The user is in _Protected Users_, or the credential belongs to this user (ZITADEL).',
		'Remove the user from _Protected Users_ if they really leave.',
	],
	safetyLimit: [
		'The run is about more users than _Safety Limit_ allows. Nothing was changed.',
		'Check what your HR system sent. If it is right, raise _Safety Limit_.',
	],
	alreadyDeactivated: [
		'The user was already deactivated, and _If Already Deactivated_ is set to _Fail_.',
		'Nothing, or set the option to _Succeed_.',
	],
	refused: [
		'The service refuses the request, for example for the last admin.',
		"Read the service's own message in `description`.",
	],
	rateLimited: [
		"The service received too many requests, and waiting didn't help or would take too long.",
		'Run the workflow again later. If this happens often, lower _Parallel Requests_.',
	],
	unavailable: [
		'The service cannot be reached or has a fault of its own, even after all retries.',
		'Check the address in the credential, or run the workflow again later.',
	],
	timeout: [
		'The service did not respond in time, even after all retries.',
		'Run the workflow again: repeating is safe. The message says if the account may have been changed.',
	],
	unexpectedResponse: [
		'The service gave a response that is not documented: an HTML page, half a response, a redirect.',
		'Check the address in the credential and run the workflow again.',
	],
	canceled: ['Someone stopped the execution.', 'Run the workflow again.'],
};

export const DETAILS: Readonly<Record<DetailField, string>> = {
	service: 'As in the record',
	operation: 'As in the record',
	reason: 'Why it failed. See [Reasons](#reasons).',
	description: "What to do, the number of attempts, and the service's own message",
	userId: 'The ID, if the item named the user by ID',
	email: 'The email, if the item named the user by email',
	httpCode: 'Status code of the response, or a network code such as `ECONNREFUSED`',
	code: "The service's own error code",
	traceId: "The ID that the service's support asks for",
	outcome:
		'What was done to the account before a later step failed, such as reading the state back',
};

export const PERSON: Readonly<Record<keyof Person, string>> = {
	email: 'The email from the input. Absent if it could not be used.',
	operation: 'As in the record',
	complete: 'Whether the account is in the wanted state at every service',
	total: 'Number of services that were turned on for this person',
	changed: 'Number of services where this run changed the account',
	inWantedState: 'Number of services where the account is in the wanted state',
	failed: 'Number of services where something failed',
	startedAt: 'When the run began (UTC)',
	finishedAt: 'When the run ended at all services (UTC)',
	services:
		'One entry for each service: its [record](#the-record), or the fields of `details` and a `message` if it failed',
};
