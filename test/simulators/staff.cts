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
	/** Known to Aitronos only: a membership that was removed, and is listed only on request. */
	removed: { givenName: 'Rae', familyName: 'Moved', email: 'rae.moved@example.org' },
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
