import type { Reason } from '../shared/model/failure';
import { listed } from '../shared/model/text';
import { explain } from '../shared/n8n/messages';
import {
	isNobody,
	knowsAddress,
	nameOf,
	type AtService,
	type Cause,
	type DoneAt,
	type FailedAt,
	type Run,
} from './result';

/** What a service failed with, where the failure does not bring a sentence of its own. */
const CAUSES: Readonly<Record<Reason, string>> = {
	invalidInput: "a value can't be used",
	unauthorized: 'the credential was rejected',
	forbidden: 'no permission',
	notFound: 'no user found with this email',
	ambiguousUser: 'more than one user has this email',
	protectedUser: 'the user is protected',
	safetyLimit: "more users than 'Safety Limit' allows",
	alreadyDeactivated: 'the user is already deactivated',
	alreadyActive: 'the user is already active',
	refused: 'the service refused',
	rateLimited: 'too many requests',
	unavailable: 'not available at the moment',
	timeout: 'no answer in time',
	unexpectedResponse: 'unexpected response',
	canceled: 'the execution was canceled',
};

/** Reasons that can lie in the person or in the run, not in a service. */
const COMMON: ReadonlySet<Reason> = new Set([
	'invalidInput',
	'notFound',
	'protectedUser',
	'safetyLimit',
]);

const NOT_DONE: Readonly<Record<string, string>> = {
	deactivate: 'was not deactivated',
	get: "couldn't be looked up",
	reactivate: 'was not reactivated',
};

const MAYBE_DONE: Readonly<Record<string, string>> = {
	deactivate: 'may have been deactivated',
	reactivate: 'may have been reactivated',
};

/** One cause for all services, which is said once: the address, a guard, an option. */
export function commonCause(results: readonly AtService[]): FailedAt | undefined {
	const failed = results.filter((result) => 'failure' in result);
	const [first] = failed;
	if (!first || failed.length < results.length || !COMMON.has(first.failure.reason)) return;
	const cause = causeOf(first);
	return failed.every((one) => causeOf(one) === cause) ? (failed.find(isOpen) ?? first) : undefined;
}

/** Says in plain sentences what came of a person where. */
export function summaryOf(
	{ operation, label }: Run,
	results: readonly AtService[],
	common: Cause | undefined,
): string {
	if (common) {
		const what = (isOpen(common) ? MAYBE_DONE : NOT_DONE)[operation] ?? 'was not processed';
		const cause = causeOf(common);
		return sentence(label === undefined ? cause : `${label} ${what}: ${cause}`);
	}
	const phrases = groups(results, (one) => ('record' in one ? phraseOf(one) : undefined));
	const causes = groups(results, (one) => ('failure' in one ? fullCauseOf(one) : undefined));
	const silent = results.filter((one) => 'notAsked' in one).map(nameOf);
	const done = phrases.map(([phrase, names]) => `${phrase} ${listed(names)}`);
	return [
		...(done.length > 0 ? [sentence(`${label} ${listed(done, ', and ')}`)] : []),
		...causes.map(([cause, names], index) => {
			// Whom it is about is said once.
			const whom = done.length === 0 && index === 0 ? ` for ${label}` : '';
			return sentence(`${listed(names)} failed${whom}: ${cause}`);
		}),
		...(silent.length > 0 ? [`${listed(silent)} can't look up users.`] : []),
		...(done.length > 0 && !results.some(knowsAddress) && operation === 'get'
			? ['Is the email right?']
			: []),
	].join(' ');
}

/** Why a service failed, without its name. */
function causeOf({ failure, about: { subject } }: Cause): string {
	if (failure.facts.summary === undefined) return CAUSES[failure.reason];
	const { message } = explain(failure, subject);
	const prefix = `${failure.facts.app ?? subject.service}: `;
	return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

function fullCauseOf(failed: Cause): string {
	const cause = causeOf(failed);
	return isOpen(failed) ? `${cause} (it isn't known whether the user was changed)` : cause;
}

/** Whether the account may have been changed all the same. */
function isOpen({ failure }: Cause): boolean {
	return failure.effect === 'possible';
}

/** What happened to the person, up to the names of the services. */
function phraseOf({ record, service }: DoneAt): string {
	switch (record.outcome) {
		case 'deactivated':
			return 'was deactivated at';
		case 'alreadyDeactivated':
			return isNobody(record, service) ? 'has no active account at' : 'was already deactivated at';
		case 'wouldDeactivate':
			return 'would be deactivated at';
		case 'reactivated':
			return record.stateAfter === 'active' ? 'was reactivated at' : 'was invited again at';
		case 'alreadyActive':
			return 'was already active at';
		case 'wouldReactivate':
			return 'would be reactivated at';
		case 'notFound':
			return 'has no account at';
		case 'found':
			return record.stateAfter === 'unknown'
				? 'is in an unknown state at'
				: `is ${record.stateAfter} at`;
	}
}

/** Names of services by what is said of them, in the order in which it is said first. */
function groups(
	results: readonly AtService[],
	textOf: (result: AtService) => string | undefined,
): ReadonlyArray<readonly [text: string, names: readonly string[]]> {
	const texts = new Set(results.map(textOf).filter((text) => text !== undefined));
	return [...texts].map((text) => [
		text,
		results.filter((result) => textOf(result) === text).map(nameOf),
	]);
}

function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
