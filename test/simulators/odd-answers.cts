import type { Fault, FaultMatch } from './faults.cts';

/** A single answer that is possible, but is not about the account or proves nothing about it. */
export interface OddAnswer {
	readonly fault: Fault;
	readonly match: FaultMatch;
}

const CHANGE: FaultMatch = { path: /\/(de|re)?activate(-user)?$/ };
const ABOUT_USERS: FaultMatch = { path: /\/users\/./ };

function odd(match: FaultMatch, status: number, body: unknown, acts = false): OddAnswer {
	return { match, fault: { kind: 'status', status, body, acts } };
}

/** What a gateway says in the place of the service, with or without the change done. */
const GATEWAY = {
	errorIn200: odd(CHANGE, 200, { error: 'upstream timed out' }),
	errorIn200Done: odd(CHANGE, 200, { error: 'upstream timed out' }, true),
	errorIn202: odd(CHANGE, 202, { error: 'queued' }),
	errorIn202Done: odd(CHANGE, 202, { error: 'queued' }, true),
	plain404: odd(CHANGE, 404, 'Not Found'),
	json404: odd(CHANGE, 404, { message: 'Not Found' }),
};

const NOT_ACTIVE = { message: 'User not found or not an active member' };
const WORKSPACE = {
	...GATEWAY,
	/** The text of 'not active', but about the key. */
	notActiveIn401: odd(CHANGE, 401, NOT_ACTIVE),
	notActiveIn500: odd(CHANGE, 500, NOT_ACTIVE),
};

const aitronosError = (code: string) => ({ success: false, error: { code, message: code } });
const zitadelError = (code: number, id: string) => ({
	code,
	message: `odd (${id})`,
	details: [{ '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: 'odd' }],
});
const aworkError = (code: string, more: object = {}) => ({ code, description: code, ...more });
const ME: FaultMatch = { path: /\/users?\/me$/ };

/** By service and name: `simulator.next(fault, match)` makes one the answer to a coming request. */
export const ODD_ANSWERS = {
	langdock: WORKSPACE,
	odeus: WORKSPACE,
	aitronos: {
		...GATEWAY,
		/** Documented codes with another status: about the caller, or a fault. */
		userNotFoundIn401: odd(ABOUT_USERS, 401, aitronosError('USER_NOT_FOUND')),
		userNotFoundIn500: odd(ABOUT_USERS, 500, aitronosError('USER_NOT_FOUND')),
		alreadyDeactivatedIn401: odd(CHANGE, 401, aitronosError('USER_ALREADY_DEACTIVATED')),
		alreadyDeactivatedIn500: odd(CHANGE, 500, aitronosError('USER_ALREADY_DEACTIVATED')),
		meNotFound: odd(ME, 404, aitronosError('USER_NOT_FOUND')),
	},
	zitadel: {
		...GATEWAY,
		/** The caller has no role: not that there is no such user. */
		membershipNotFound: odd(ABOUT_USERS, 404, zitadelError(5, 'AUTHZ-cdgFk')),
		instanceNotFound: odd(ABOUT_USERS, 404, { code: 5, message: 'Instance not found' }),
		/** An id that nobody knows, and the user is as before. */
		unknownIdWithCode9: odd(CHANGE, 400, zitadelError(9, 'COMMAND-Zz9unkn0wn')),
		meNotFound: odd(ME, 404, zitadelError(5, 'QUERY-Dfbg2')),
		tokenTooMany: odd({ path: /\/token$/ }, 429, { error: 'slow_down' }),
	},
	awork: {
		...GATEWAY,
		/** A contradiction, if the user is active. */
		deactivatedUser: odd(CHANGE, 400, aworkError('deactivated-user')),
		nullInValidationErrors: odd(
			CHANGE,
			400,
			aworkError('validation-failed', { validationErrors: [null, { message: 'a text' }] }),
		),
		meNotFound: odd(ME, 404, aworkError('not-found')),
	},
};
