/** What a SCIM server does that it should not, or need not: reference, section 2. */
export interface ScimHabits {
	/** Answers 200 and does nothing; knows one form only; or has no PATCH at all (501). */
	readonly patch?: 'ignored' | 'withPathOnly' | 'withoutPathOnly' | 'unsupported';
	/** Answers 200 and does nothing. */
	readonly put?: 'ignored';
	/** Gives and takes `active` as the text "True" or "False". */
	readonly active?: 'text';
	/**
	 * Returns everybody; compares beginnings; refuses all filters; or all but those by `userName`, as
	 * many servers do.
	 */
	readonly filter?: 'ignored' | 'prefix' | 'unsupported' | 'userNameOnly';
	/** `active: false` removes the account: 404 from then on, and in no list. */
	readonly deactivated?: 'removed';
	/** Sends ETags and says that it has none, as Express does; or requires `If-Match` for changes. */
	readonly etags?: 'unsupported' | 'required';
	/** Users in one page at most, whatever `count` asks for. */
	readonly maxCount?: number;
	/** Has no ServiceProviderConfig. */
	readonly config?: 'missing';
}
