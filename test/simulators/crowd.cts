import type { AitronosAccount } from './aitronos-members.cts';
import type { AworkAccount } from './awork-users.cts';
import type { LangdockAccount } from './langdock.cts';
import { aitronosAccount, aworkAccount, langdockAccount, zitadelHuman } from './seed-accounts.cts';
import type { Person } from './staff.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';

/** Who is there when a simulator starts. */
export interface SeedOptions<Account> {
	/** The staff of `SEED` if not given. */
	readonly accounts?: readonly Account[];
	/**
	 * So many generated people more; none by default. They come before the staff, so that the staff
	 * is on the last page of a list in order of creation.
	 */
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
} as const;

/** The generated people and then the staff. */
export function seedOf<Account>(
	{ accounts, crowd = 0 }: SeedOptions<Account>,
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
