import type { AitronosAccount } from './aitronos-members.cts';
import type { AworkAccount } from './awork-users.cts';
import type { LangdockAccount } from './langdock.cts';
import type { ServerOptions } from './server.cts';
import { attributesOf, type ScimAccount, type ScimAttributes } from './scim-users.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';

/** A person as HR knows them. */
export interface Person {
	readonly givenName: string;
	readonly familyName: string;
	readonly email: string;
}

/** The people, with one address each at every service that knows them. */
export const STAFF = {
	leaver: { givenName: 'Kim', familyName: 'Lee', email: 'kim.lee@example.org' },
	colleague: { givenName: 'Sam', familyName: 'Roe', email: 'sam.roe@example.org' },
	/** The only admin (Aitronos: owner). All but ZITADEL refuse to deactivate the last one. */
	lastAdmin: { givenName: 'Ada', familyName: 'Min', email: 'ada.min@example.org' },
	invitee: { givenName: 'Noa', familyName: 'New', email: 'noa.new@example.org' },
	deactivated: { givenName: 'Pat', familyName: 'Past', email: 'pat.past@example.org' },
	/** Known to ZITADEL only. */
	locked: { givenName: 'Lou', familyName: 'Lock', email: 'lou.lock@example.org' },
	/** Known to ZITADEL only, in an organization where no seeded credential has a role. */
	foreigner: { givenName: 'Fay', familyName: 'Far', email: 'fay.far@example.net' },
	/** Known to awork only. */
	archived: { givenName: 'Ari', familyName: 'Kive', email: 'ari.kive@example.org' },
	/** Address and full name contain the leaver's: a search for a part finds both. */
	namesake: { givenName: 'Joakim', familyName: 'Lee', email: 'joakim.lee@example.org' },
	/** Two accounts each at ZITADEL and awork: `twin1` and `twin2`. */
	twin: { givenName: 'Alex', familyName: 'Twin', email: 'alex.twin@example.org' },
	/** Known to ZITADEL and awork, and there the same as `lowerCase` but for the case. */
	mixedCase: { givenName: 'Casey', familyName: 'Case', email: 'Casey.Case@Example.org' },
	lowerCase: { givenName: 'Cassy', familyName: 'Case', email: 'casey.case@example.org' },
} as const satisfies Record<string, Person>;

/** An address that no simulator knows. */
export const UNKNOWN_EMAIL = 'nobody@example.org';

/** An address whose domain takes no mail: an invitation to it is refused. */
export const UNREACHABLE_EMAIL = 'kim.lee@unreachable.invalid';

/** First name, then family name. */
export function fullName({ givenName, familyName }: Person): string {
	return `${givenName} ${familyName}`;
}

/** A workspace's member, active unless told. */
export function langdockAccount(
	person: Person,
	facts: Partial<Pick<LangdockAccount, 'role' | 'state'>> = {},
): LangdockAccount {
	return {
		email: person.email,
		name: fullName(person),
		role: 'member',
		state: 'active',
		...facts,
	};
}

/** A member of the seeded organization, active unless told. */
export function aitronosAccount(
	userId: string,
	person: Person,
	facts: Partial<Omit<AitronosAccount, 'userId'>> = {},
): AitronosAccount {
	return {
		userId,
		email: person.email,
		fullName: fullName(person),
		userName: person.givenName.toLowerCase(),
		state: 'active',
		isOwner: false,
		...facts,
	};
}

/** A person of the seeded organization, active unless told; signs in with the address. */
export function zitadelHuman(
	userId: string,
	person: Person,
	facts: Partial<Omit<ZitadelAccount, 'userId'>> = {},
): ZitadelAccount {
	return {
		userId,
		organizationId: '270000000000000001',
		userName: person.email,
		state: 'USER_STATE_ACTIVE',
		kind: { human: person },
		roles: {},
		...facts,
	};
}

/** A machine of the seeded organization. */
export function zitadelMachine(
	userId: string,
	userName: string,
	roles: ZitadelAccount['roles'],
): ZitadelAccount {
	return {
		userId,
		organizationId: '270000000000000001',
		userName,
		state: 'USER_STATE_ACTIVE',
		kind: { machine: { name: userName } },
		roles,
	};
}

/** A user of the workspace, active unless told. */
export function aworkAccount(
	id: string,
	person: Person,
	facts: Partial<Omit<AworkAccount, 'id'>> = {},
): AworkAccount {
	return {
		id,
		firstName: person.givenName,
		lastName: person.familyName,
		email: person.email,
		isAdmin: false,
		isDeactivated: false,
		deactivatedOn: null,
		isArchived: false,
		invitationAccepted: true,
		otherContacts: [],
		privateProjects: { reassigned: 0, deleted: 0 },
		...facts,
	};
}

/** A user of the app, active unless told; signs in with the address. */
export function scimAccount(
	id: string,
	person: Person,
	{ active = true, ...attributes }: Partial<ScimAttributes> & { readonly active?: boolean } = {},
): ScimAccount {
	return {
		id,
		active,
		isRemoved: false,
		version: 1,
		attributes: { ...attributesOf(person), externalId: `hr-${id}`, ...attributes },
	};
}

/** How a simulator is set up, and who is there when it starts. */
export interface Options<Account> extends ServerOptions {
	/** The staff of `SEED` if not given. */
	readonly accounts?: readonly Account[];
	/** So many generated people before the staff, who are so on a list's last page; none by default. */
	readonly crowd?: number;
}

/** All names differ, and sorted by name the crowd and the staff mix. */
const GIVEN_NAMES = ['Abe', 'Bea', 'Cem', 'Dot', 'Eli', 'Fee', 'Gus', 'Hal', 'Ida', 'Jon'] as const;

/** The generated person of this number, from 0: the same at every service and in every run. */
export function crowdPerson(number: number): Person {
	const digits = digitsOf(number);
	const givenName = GIVEN_NAMES[number % GIVEN_NAMES.length] ?? GIVEN_NAMES[0];
	return { givenName, familyName: `Crowd ${digits}`, email: `crowd.${digits}@example.org` };
}

/** The account of the generated person of this number, by service. */
export const CROWD = {
	langdock: (number: number): LangdockAccount => langdockAccount(crowdPerson(number)),
	odeus: (number: number): LangdockAccount => langdockAccount(crowdPerson(number)),
	aitronos: (number: number): AitronosAccount =>
		aitronosAccount(`usr_crowd_${digitsOf(number)}`, crowdPerson(number)),
	zitadel: (number: number): ZitadelAccount =>
		zitadelHuman(`2850000000000${digitsOf(number)}`, crowdPerson(number)),
	awork: (number: number): AworkAccount =>
		aworkAccount(`6f1c0000-0000-4000-a000-0000000${digitsOf(number)}`, crowdPerson(number)),
	scim: (number: number): ScimAccount =>
		scimAccount(`crowd/${digitsOf(number)}`, crowdPerson(number)),
} as const;

/** The generated people and then the staff. */
export function seedOf<Account>(
	{ accounts, crowd = 0 }: Options<Account>,
	staff: Readonly<Record<string, Account>>,
	member: (number: number) => Account,
): Account[] {
	return [
		...Array.from({ length: crowd }, (_, number) => member(number)),
		...(accounts ?? Object.values(staff)),
	];
}

function digitsOf(number: number): string {
	return String(number).padStart(5, '0');
}

/** The API user that an awork key belongs to: a row without a person and an address. */
export function aworkApiUser(id: string, firstName: string): AworkAccount {
	const nobody = { givenName: firstName, familyName: '', email: '' };
	return aworkAccount(id, nobody, { lastName: null, email: null });
}
