import { domainToASCII, domainToUnicode } from 'node:url';

import fc from 'fast-check';

import type { AccountState, ServiceName } from '../simulators/index.cts';

/** A person, who has an account at each service unless told. */
export interface Person {
	/** As HR and the services write it. Several people can have the same. */
	readonly email: string;
	readonly state: Exclude<AccountState, 'archived'>;
	readonly kind:
		| 'plain'
		/** The service shows no address for the account: at ZITADEL only a login name. */
		| 'withoutAddress'
		/** In an organization where the credential has no role (ZITADEL). */
		| 'unreadable'
		/** The last one; all but ZITADEL refuse to deactivate them. */
		| 'admin'
		/** Deactivated before they accepted the invitation (awork). */
		| 'pending';
	readonly absentAt: readonly ServiceName[];
}

/** With what has more than one form: case, accents, a domain in Unicode and one in ASCII. */
const EMAILS = [
	'kim.lee@example.org',
	'Casey.Case@Example.org',
	'rené.noël@example.org',
	'pat.past@bücher.example.org',
	'noa.new@xn--bcher-kva.example.org',
] as const;

/** Nobody has it. */
export const NOBODY = 'nobody@example.org';

const OF_COLLEAGUE = 'colleague@example.net';

/** A person at one of these services. */
export function personAt(services: readonly ServiceName[]): fc.Arbitrary<Person> {
	// Langdock and Odeus take plain addresses only.
	const isPlain = services.some((service) => service === 'langdock' || service === 'odeus');
	const emails = EMAILS.filter((email) => !isPlain || /^[\x21-\x7e]+$/.test(email));
	return fc.record({
		email: fc.constantFrom(...emails),
		state: fc.constantFrom('active', 'active', 'active', 'deactivated', 'invited', 'locked'),
		kind: fc.constantFrom(
			...(['plain', 'plain', 'plain', 'plain', 'plain'] as const),
			...(['withoutAddress', 'unreadable', 'admin', 'pending'] as const),
		),
		absentAt: fc.oneof(
			{ weight: 5, arbitrary: fc.constant([]) },
			{
				weight: 1,
				arbitrary: fc.subarray([...services], { maxLength: Math.min(2, services.length) }),
			},
		),
	});
}

const withDomain = (address: string, form: (domain: string) => string): string => {
	const at = address.lastIndexOf('@');
	return at < 0 ? address : `${address.slice(0, at)}@${form(address.slice(at + 1))}`;
};

/** How people write an address or an ID in a list. */
export const FORMS = {
	plain: (name: string) => name,
	'upper case': (name: string) => name.toUpperCase(),
	'Name <address>': (name: string) => `Kim Lee <${name}>`,
	'"Name, First" <address>': (name: string) => `"Lee, Kim" <${name}>`,
	quoted: (name: string) => `"${name}"`,
	'mailto:': (name: string) => `mailto:${name}`,
	'JSON text': (name: string) => JSON.stringify([OF_COLLEAGUE, name]),
	'commas in an entry': (name: string) => `${OF_COLLEAGUE}, ${name}`,
	'line break in an entry': (name: string) => `${OF_COLLEAGUE}\n${name}`,
	'zero-width space': (name: string) => `${name.slice(0, 3)}\u200b${name.slice(3)}`,
	'soft hyphen': (name: string) => `${name.slice(0, 2)}\u00ad${name.slice(2)}`,
	'byte order mark': (name: string) => `\ufeff${name}`,
	NFD: (name: string) => name.normalize('NFD'),
	'domain in ASCII': (name: string) => withDomain(name, domainToASCII),
	'domain in Unicode': (name: string) => withDomain(name, domainToUnicode),
} as const;

export type Form = keyof typeof FORMS;

/** How two addresses are the same to a person. */
export function sameAddress(a: string | null, b: string | null): boolean {
	return a !== null && b !== null && normal(a) === normal(b);
}

function normal(address: string): string {
	return withDomain(address.normalize('NFC').toLowerCase(), domainToASCII);
}
