import type { Failure, Reason } from '../model/failure';
import type { Account } from '../model/record';
import type { Service } from '../users/service';

/** What a message speaks of. */
export interface Subject {
	/** Name of the service as it writes it. */
	service: string;
	/** Value of the parameter `operation`; absent where a credential is tested. */
	operation?: string;
	account?: Account;
	/** What the credential calls the address of the service. */
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

const NOTHING_CHANGED = 'Nothing was changed.';
const CHECK_ADDRESS = "Check 'Base URL' in the credential.";
const REPEAT = 'Try again later: repeating is safe.';

/** The sentences for each reason, where a failure does not bring its own. */
const SENTENCES: Readonly<Record<Reason, (subject: Subject) => Sentences>> = {
	invalidInput: () => ({ summary: 'A value cannot be used', advice: NOTHING_CHANGED }),
	unauthorized: ({ advice }) => ({
		summary: 'The credential is not accepted',
		advice: `${advice.unauthorized} ${NOTHING_CHANGED}`,
	}),
	forbidden: (subject) => ({
		summary: `The credential is not allowed to ${task(subject)}`,
		advice: `${subject.advice.forbidden} ${NOTHING_CHANGED}`,
	}),
	notFound: (subject) => ({
		summary: `There is no user ${accountLabel(subject.account)}`,
		advice: `Check the value, and that the credential belongs to the right organization and may read its users. ${NOTHING_CHANGED}`,
	}),
	ambiguousUser: (subject) => ({
		summary: `More than one user has the email ${accountLabel(subject.account)}`,
		advice: `Choose the user by ID. ${NOTHING_CHANGED}`,
	}),
	protectedUser: (subject) => ({
		summary: `The user ${accountLabel(subject.account)} is protected`,
		advice: `${NOTHING_CHANGED} To go on all the same, take the user off 'Protected Users' under 'Options'.`,
	}),
	safetyLimit: () => ({
		summary: "The run is about more users than 'Safety Limit' allows",
		advice: `${NOTHING_CHANGED} If so many users really leave, raise 'Safety Limit' under 'Options'.`,
	}),
	alreadyActive: (subject) => ({
		summary: `The user ${accountLabel(subject.account)} is already active`,
		advice: NOTHING_CHANGED,
	}),
	alreadyDeactivated: (subject) => ({
		summary: `The user ${accountLabel(subject.account)} is already deactivated`,
		advice: `${NOTHING_CHANGED} To accept this, set 'If Already Deactivated' to 'Succeed' under 'Options'.`,
	}),
	refused: (subject) => ({
		summary: `The service refuses to ${task(subject)}`,
		advice: `${NOTHING_CHANGED} The service's own words say why.`,
	}),
	rateLimited: () => ({
		summary: 'The service has received too many requests',
		advice: `${NOTHING_CHANGED} ${REPEAT}`,
	}),
	unavailable: () => ({ summary: 'The service cannot answer at the moment', advice: REPEAT }),
	timeout: () => ({ summary: 'The service did not answer in time', advice: REPEAT }),
	unexpectedResponse: ({ operation }) => ({
		summary: 'The answer is not one that this service is known to give',
		advice: operation === undefined ? CHECK_ADDRESS : `${CHECK_ADDRESS} ${REPEAT}`,
	}),
	canceled: () => ({ summary: 'The execution was canceled', advice: REPEAT }),
};

/** How to call an account in a message. Its shape was checked before it got here. */
export function accountLabel({ email, userId }: Account = {}): string {
	return `'${email ?? userId ?? ''}'`;
}

function task(subject: Subject): string {
	return subject.operation === undefined
		? 'do this'
		: `${subject.operation} the user ${accountLabel(subject.account)}`;
}

function quote({ message, code, traceId }: Failure['facts'], service: string): string[] {
	const ids = [
		...(code === undefined ? [] : [`code ${code}`]),
		...(traceId === undefined ? [] : [`trace ID ${traceId}`]),
	].join(', ');
	if (message !== undefined) return [`${service} says: "${message}"${ids && ` (${ids})`}`];
	return ids === '' ? [] : [`${service} gives ${ids}`];
}

const NOT_KNOWN = 'It is not known whether the user was changed.';

/** An attempt that may have been carried out makes untrue what holds for the last one. */
function whatIsKnown(advice: string, { isFateUnknown = false }: Failure['facts']): string[] {
	if (!isFateUnknown) return [advice];
	return [NOT_KNOWN, advice.replaceAll(NOTHING_CHANGED, '').replace(/ +/g, ' ').trim()];
}

function tried({ attempts }: Failure['facts']): string[] {
	if (attempts === undefined) return [];
	const seconds = Math.ceil(attempts.waited / 1000);
	return [`Tried ${attempts.count} times, with ${seconds} s of waiting in between.`];
}

/** Words a failure for the person at the screen: what happened, then what to do. */
export function explain({ reason, facts }: Failure, subject: Subject): Message {
	const sentences = SENTENCES[reason](subject);
	// Whoever found the failure did not know how the field is labelled at this service.
	const labelled = (text: string) => text.replaceAll("'Base URL'", `'${subject.addressField}'`);
	const advice = labelled(facts.advice ?? sentences.advice);
	return {
		message: `${subject.service}: ${labelled(facts.summary ?? sentences.summary)}`,
		description: [
			...(subject.operation === undefined ? [advice] : whatIsKnown(advice, facts)),
			...tried(facts),
			...quote(facts, subject.service),
		]
			.filter(Boolean)
			.join(' '),
	};
}
