import type { Failure, Reason } from '../model/failure';
import { nameOf, type Account } from '../model/record';
import type { Service } from '../users/service';

/** What a message speaks of. */
export interface Subject {
	/** Name of the service as it writes it. */
	service: string;
	/** Value of the parameter `operation`; absent for a credential test or a list. */
	operation?: string;
	account?: Account;
	/** Name of the credential field that holds the address. */
	addressField: string;
	/** What to check at the service, by reason. */
	advice: Readonly<Record<'unauthorized' | 'forbidden', string>>;
}

/** What a message about a service speaks of, as far as the service itself determines it. */
export function subjectOf({
	displayName,
	addressField = 'Base URL',
	advice,
}: Pick<Service, 'displayName' | 'addressField' | 'advice'>): Subject {
	return { service: displayName, addressField, advice };
}

export interface Message {
	/** What happened. */
	message: string;
	/** What to do next, and what the service itself said. */
	description: string;
}

interface Sentences {
	summary: string;
	advice: string;
}

const CHECK_ADDRESS = "Check 'Base URL' in the credential.";
const REPEAT = 'Try again later: repeating is safe.';

/** The sentences for each reason, where a failure does not bring its own. */
const SENTENCES: Readonly<Record<Reason, (subject: Subject, failure: Failure) => Sentences>> = {
	invalidInput: () => ({ summary: "A value can't be used", advice: 'Correct the value.' }),
	unauthorized: ({ service, advice }) => ({
		summary: `${service} rejected the credential`,
		advice: advice.unauthorized,
	}),
	forbidden: (subject) => ({
		summary: `The credential doesn't have permission to ${task(subject)}`,
		advice: subject.advice.forbidden,
	}),
	notFound: ({ account }, { facts: { mayMean } }) => ({
		summary:
			mayMean === undefined
				? `No user found with the ${labelWithKind(account)}`
				: `No active member has the ${labelWithKind(account)}`,
		advice: `Check the ${kindOf(account)}, and make sure the credential belongs to the right organization and can read its users.`,
	}),
	ambiguousUser: ({ account }) => ({
		summary: `More than one user has the ${labelWithKind(account)}`,
		advice: 'Choose the user by ID.',
	}),
	protectedUser: ({ account }) => ({
		summary: `The user ${accountLabel(account)} is protected`,
		advice: "To deactivate this user anyway, remove them from 'Protected Users' under 'Options'.",
	}),
	safetyLimit: () => ({
		summary: "This node would deactivate more users than 'Safety Limit' allows",
		advice: "If all these users are leaving, raise 'Safety Limit' under 'Options'.",
	}),
	alreadyActive: ({ account }) => ({
		summary: `The user ${accountLabel(account)} is already active`,
		advice: '',
	}),
	alreadyDeactivated: ({ account }) => ({
		summary: `The user ${accountLabel(account)} is already deactivated`,
		advice: "To accept this, set 'If Already Deactivated' to 'Succeed' under 'Options'.",
	}),
	refused: (subject) => ({
		summary: `${subject.service} refused to ${task(subject)}`,
		advice: '',
	}),
	rateLimited: ({ service }) => ({
		summary: `${service} received too many requests`,
		advice: REPEAT,
	}),
	unavailable: ({ service }) => ({
		summary: `${service} is not available at the moment`,
		advice: REPEAT,
	}),
	timeout: ({ service }) => ({ summary: `${service} did not answer in time`, advice: REPEAT }),
	unexpectedResponse: ({ service, operation }) => ({
		summary: `${service} gave an unexpected response`,
		advice: operation === undefined ? CHECK_ADDRESS : `${CHECK_ADDRESS} ${REPEAT}`,
	}),
	canceled: () => ({ summary: 'The execution was canceled', advice: REPEAT }),
};

/** How to call an account in a message. Its form was checked before it got here. */
export function accountLabel(account: Account = {}): string {
	return `'${nameOf(account).name}'`;
}

function kindOf(account: Account = {}): string {
	return nameOf(account).kind;
}

function labelWithKind(account: Account | undefined): string {
	return `${kindOf(account)} ${accountLabel(account)}`;
}

function task({ operation, account }: Subject): string {
	if (operation === undefined) return 'do this';
	return account ? `${operation} ${accountLabel(account)}` : 'list users';
}

function quote({ message, code, traceId }: Failure['serviceError'], service: string): string[] {
	const ids = [
		...(code === undefined ? [] : [`code ${code}`]),
		...(traceId === undefined ? [] : [`trace ID ${traceId}`]),
	].join(', ');
	if (message !== undefined) return [`${service} says: "${message}"${ids && ` (${ids})`}`];
	return ids === '' ? [] : [`${service} gives ${ids}`];
}

/** Where nobody could think that something was changed, it is not said. */
const CHANGING: ReadonlySet<string | undefined> = new Set(['deactivate', 'reactivate']);

/** Whether the account was changed: the one place that puts it into words. */
function effectOf({ effect, reason }: Failure, { operation }: Subject): string[] {
	if (!CHANGING.has(operation) || reason === 'alreadyActive') return [];
	if (effect === 'possible') return ["It isn't known whether the user was changed."];
	return effect === 'none' ? ['Nothing was changed.'] : [];
}

function tried({ attempts }: Failure['facts']): string[] {
	if (attempts === undefined) return [];
	const seconds = Math.ceil(attempts.waited / 1000);
	return [`Tried ${attempts.count} times over ${seconds} s.`];
}

/** Words a failure for the person at the screen: what happened, then what to do. */
export function explain(failure: Failure, subject: Subject): Message {
	const { facts, reason, serviceError } = failure;
	const about = {
		...subject,
		...(facts.app !== undefined && { service: facts.app }),
		...(facts.account && { account: facts.account }),
	};
	const sentences = SENTENCES[reason](about, failure);
	// Whoever found the failure did not know how the field is labelled at this service.
	const labelled = (text: string) => text.replaceAll("'Base URL'", `'${subject.addressField}'`);
	const summary = labelled(facts.summary ?? sentences.summary);
	const full = summary.startsWith(about.service) ? summary : `${about.service}: ${summary}`;
	const message = reason === 'canceled' ? full : withoutCanceled(full);
	return {
		message,
		description: [
			...(message === full ? [] : [`${full}.`]),
			labelled(facts.advice ?? sentences.advice),
			...effectOf(failure, subject),
			...tried(facts),
			...quote(serviceError, about.service),
		]
			.filter(Boolean)
			.map((sentence) => (/[.!?…")]$/.test(sentence) ? sentence : `${sentence}.`))
			.join(' '),
	};
}

/**
 * n8n takes an error for a stopped execution if its message contains this word, and then starts no
 * error workflow. It may stand in an address.
 */
export function withoutCanceled(message: string): string {
	return message.replace(/'[^']*canceled[^']*'/gi, "'…'").replace(/canceled/gi, '…');
}
