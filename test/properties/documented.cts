import type { IHttpRequestOptions } from 'n8n-workflow';

import { isSameName } from '../../nodes/shared/model/email';
import { aworkUser, byId } from '../nodes/services.cts';
import { EMAIL, USER_IDS } from './values.cts';

/**
 * What the services document: their requests, and what they answer to them. Written from their
 * documentation (see the `@see` lines in nodes/), not from the adapters.
 */

/** What a request is for. */
export type Kind =
	| 'find'
	| 'read'
	| 'self'
	| 'rights'
	| 'members'
	| 'deactivate'
	| 'reactivate'
	| 'listSessions'
	| 'endSession';

/** The kinds that change something. */
export const CHANGING: ReadonlySet<Kind> = new Set(['deactivate', 'reactivate', 'endSession']);

/** A request as the documentation knows it. */
export interface Asked {
	kind: Kind;
	/** The user in the path, decoded; a session where one is ended. */
	id?: string | undefined;
	/** The organization in the path, decoded. */
	organization?: string | undefined;
	/** The body, as JSON. */
	body: unknown;
}

interface Form {
	kind: Kind;
	method: string;
	path: RegExp;
	query?: RegExp;
}

const userManagement: Form[] = [
	{
		kind: 'members',
		method: 'GET',
		path: /^\/billing\/v1\/(ai-models-included|bring-your-own-keys)\/users$/,
		query: /^\?email=[^&]+&limit=50$/,
	},
	{ kind: 'deactivate', method: 'POST', path: /^\/user-management\/v1\/deactivate-user$/ },
	{ kind: 'reactivate', method: 'POST', path: /^\/user-management\/v1\/invite$/ },
];

const ORGANIZATION = String.raw`^\/v1\/organizations\/(?<organization>[^/]+)\/users`;

const FORMS: Readonly<Record<string, readonly Form[]>> = {
	langdock: userManagement,
	odeus: userManagement,
	aitronos: [
		{ kind: 'self', method: 'GET', path: /^\/v1\/user\/me$/ },
		{ kind: 'find', method: 'POST', path: new RegExp(`${ORGANIZATION}$`) },
		{ kind: 'read', method: 'GET', path: new RegExp(`${ORGANIZATION}/(?<id>[^/]+)$`) },
		...(['deactivate', 'reactivate'] as const).map((kind) => ({
			kind,
			method: 'POST',
			path: new RegExp(`${ORGANIZATION}/(?<id>[^/]+)/${kind}$`),
		})),
	],
	zitadel: [
		{ kind: 'self', method: 'GET', path: /^\/auth\/v1\/users\/me$/ },
		{ kind: 'rights', method: 'POST', path: /^\/auth\/v1\/permissions\/zitadel\/me\/_search$/ },
		{ kind: 'find', method: 'POST', path: /^\/v2\/users$/ },
		{ kind: 'read', method: 'GET', path: /^\/v2\/users\/(?<id>[^/]+)$/ },
		{ kind: 'deactivate', method: 'POST', path: /^\/v2\/users\/(?<id>[^/]+)\/deactivate$/ },
		{ kind: 'reactivate', method: 'POST', path: /^\/v2\/users\/(?<id>[^/]+)\/reactivate$/ },
		{ kind: 'listSessions', method: 'POST', path: /^\/v2\/sessions\/search$/ },
		{ kind: 'endSession', method: 'DELETE', path: /^\/v2\/sessions\/(?<id>[^/]+)$/ },
	],
	awork: [
		{ kind: 'self', method: 'GET', path: /^\/users\/me$/ },
		{ kind: 'rights', method: 'GET', path: /^\/me\/permissions$/ },
		{ kind: 'find', method: 'GET', path: /^\/users$/, query: /^\?page=\d+&pageSize=1000$/ },
		{ kind: 'read', method: 'GET', path: /^\/users\/(?<id>[^/]+)$/ },
		{
			kind: 'deactivate',
			method: 'POST',
			path: /^\/users\/(?<id>[^/]+)\/deactivate$/,
			query: /^\?includeSummary=(true|false)$/,
		},
		{ kind: 'reactivate', method: 'POST', path: /^\/users\/(?<id>[^/]+)\/activate$/ },
	],
};

/**
 * Reads a request as the service would.
 *
 * @throws Error if the service documents no such request, or it goes elsewhere
 */
export function readRequest(service: string, baseUrl: string, request: IHttpRequestOptions): Asked {
	const { method = 'GET', url, body, headers = {} } = request;
	const bad = (why: string) => new Error(`${why}: ${method} ${url.slice(0, 500)}`);
	// What is sent is what is read: no parser has anything to tidy up.
	if (new URL(url).href !== url) throw bad('a URL that is not in its own normal form');
	if (!url.startsWith(`${baseUrl}/`)) throw bad('a request to another place');
	const { pathname, search } = new URL(`https://host.example${url.slice(baseUrl.length)}`);
	for (const [form, match] of (FORMS[service] ?? []).map(
		(known) => [known, known.path.exec(pathname)] as const,
	)) {
		if (!match || form.method !== method || !(form.query ?? /^$/).test(search)) continue;
		const { id, organization } = match.groups ?? {};
		for (const [name, value] of Object.entries(headers)) {
			if (/[\r\n\0]/.test(`${name}${String(value)}`)) throw bad('a header of several lines');
			if (!['Accept', 'Content-Type'].includes(name)) throw bad(`a header ${name}`);
		}
		return {
			kind: form.kind,
			id: id && decodeURIComponent(id),
			organization: organization && decodeURIComponent(organization),
			body: typeof body === 'string' ? (JSON.parse(body) as unknown) : body,
		};
	}
	throw bad('a request that the service does not document');
}

/** What a service may say, by name, to one kind of request. */
export interface Reply {
	status: number;
	body?: unknown;
}

type Replies = Readonly<Record<string, Reply>>;

const ok = (body?: unknown): Reply => ({ status: 200, body });

const emailIn = ({ body }: Asked): unknown => {
	const { email, users } = body as { email?: unknown; users?: Array<{ email?: unknown }> };
	return email ?? users?.[0]?.email;
};

const member = {
	'404': { status: 404, body: { message: 'User not found or not an active member' } },
	'401': { status: 401, body: { message: 'Invalid API key' } },
	'500': { status: 500, body: { message: 'Internal server error' } },
};

function userManagementReplies(asked: Asked): Replies {
	if (asked.kind === 'members') {
		return {
			success: { status: 403, body: { message: 'Missing scope' } },
			some: ok({ users: [{ email: EMAIL }], nextCursor: null }),
			none: ok({ users: [] }),
			other: { status: 409, body: { message: 'BILLING_MODE_MISMATCH' } },
			...member,
		};
	}
	const invited = (successfulInvites: unknown[], invalidEmails: unknown[]) =>
		ok({ status: 'success', message: 'Invitations processed', successfulInvites, invalidEmails });
	return asked.kind === 'deactivate'
		? { success: ok({ status: 'success', message: 'User deactivated' }), ...member }
		: {
				success: invited([emailIn(asked)], []),
				skipped: invited([], []),
				invalid: invited([], [emailIn(asked)]),
				...member,
			};
}

function aitronosReplies({ kind, id }: Asked): Replies {
	const one = (fields: object) => ({
		id: 'orguser_1',
		user_id: id ?? USER_IDS.aitronos,
		email: EMAIL,
		full_name: 'Kim Lee',
		...fields,
	});
	const refusal = (status: number, code: string) => ({
		status,
		body: { success: false, error: { code, message: 'No.', trace_id: 't1' } },
	});
	const changed = (account_state: string) =>
		ok({ id, full_name: 'Kim Lee', email: EMAIL, account_state, deactivated_at: null });
	const states = {
		success: ok(one({ status: { id: 1, name: 'Active' } })),
		deactivated: ok(one({ status_name: 'Inactive' })),
		invited: ok(one({ status_name: 'InvitationSent' })),
		other: ok(one({ status_name: 'Deleted' })),
	};
	const refusals = {
		nobody: refusal(404, 'USER_NOT_FOUND'),
		forbidden: refusal(403, 'INSUFFICIENT_PERMISSIONS'),
		owner: refusal(403, 'CANNOT_REMOVE_LAST_OWNER'),
	};
	if (kind === 'self') {
		return {
			success: ok({ id: 'usr_9', email: 'it@example.org' }),
			same: ok({ id: USER_IDS.aitronos }),
			...refusals,
			unauthorized: refusal(401, 'AUTHENTICATION_REQUIRED'),
		};
	}
	if (kind === 'find') {
		return {
			success: ok({ users: [one({ status_name: 'Active' })], total_users_count: 1 }),
			other: ok({ members: [one({ email: `x${EMAIL}` })], total: 1 }),
			several: ok({ users: [one({}), one({ user_id: 'usr_2' })], total_users_count: 2 }),
			none: ok({ users: [], total_users_count: 0 }),
			...refusals,
		};
	}
	if (kind === 'read') return { ...states, ...refusals };
	return kind === 'deactivate'
		? {
				success: changed('deactivated'),
				already: refusal(422, 'USER_ALREADY_DEACTIVATED'),
				...refusals,
			}
		: { success: changed('active'), already: refusal(422, 'USER_NOT_DEACTIVATED'), ...refusals };
}

function zitadelReplies({ kind, id, body: asked }: Asked): Replies {
	if (kind === 'members') throw new Error('ZITADEL lists no members');
	const one = (state: string, fields: object = {}) => ({
		userId: id ?? USER_IDS.zitadel,
		details: { resourceOwner: '1' },
		state,
		human: { profile: { displayName: 'Kim Lee' }, email: { email: EMAIL, isVerified: true } },
		...fields,
	});
	const details = { sequence: '7', changeDate: '2026-11-01T08:00:00Z', resourceOwner: '1' };
	const refusal = (status: number, code: number, name: string) => ({
		status,
		body: { code, message: `No. (${name})`, details: [{ '@type': 'x', id: name, message: 'No.' }] },
	});
	const owner = at(asked, 'queries', 0, 'userIdQuery', 'id');
	const session = (name: string, user = owner) => ({ id: name, factors: { user: { id: user } } });
	const users = (...result: object[]) => ok({ details: { totalResult: '1' }, result });
	const refusals = {
		nobody: refusal(404, 5, kind === 'read' ? 'QUERY-Dfbg2' : 'COMMAND-5gp2p62iin'),
		forbidden: refusal(403, 7, 'AUTH-AWfge'),
		unauthorized: refusal(401, 16, 'AUTH-7fs1e'),
	};
	const byKind: Readonly<Record<Exclude<Kind, 'members'>, Replies>> = {
		self: { success: ok({ user: { id: '1' } }), same: ok({ user: { id: USER_IDS.zitadel } }) },
		rights: { success: ok({ result: ['user.read', 'user.write'] }), none: ok({}) },
		find: {
			success: users(one('USER_STATE_ACTIVE')),
			several: users(one('USER_STATE_ACTIVE'), one('USER_STATE_LOCKED', { userId: '43' })),
			none: ok({ details: {} }),
		},
		read: Object.fromEntries(
			Object.entries({
				success: 'ACTIVE',
				deactivated: 'INACTIVE',
				locked: 'LOCKED',
				other: 'DELETED',
			}).map(([name, state]) => [name, ok({ user: one(`USER_STATE_${state}`) })]),
		),
		deactivate: { success: ok({ details }), already: refusal(400, 9, 'COMMAND-5gunjw0cd7') },
		reactivate: { success: ok({ details }), already: refusal(400, 9, 'COMMAND-s5qqcz97hf') },
		listSessions: {
			// As a server that ignores the filter lists them.
			success: ok({ details: {}, sessions: [session('3', '1')] }),
			some: ok({ details: { totalResult: '2' }, sessions: [session('1'), session('2')] }),
			none: ok({ details: {} }),
		},
		endSession: { success: ok({ details }) },
	};
	return { ...byKind[kind], ...refusals };
}

function aworkReplies({ kind, id }: Asked): Replies {
	const one = (fields: object = {}) => ({
		...aworkUser,
		...(id !== undefined && { id }),
		...fields,
	});
	const refusal = (status: number, code: string) => ({
		status,
		body: { code, description: 'No.', link: 'https://x.example', traceId: 't1', details: null },
	});
	const other = { id: '00000000-0000-4000-8000-000000000000', userContactInfos: null };
	const refusals = {
		nobody: refusal(404, 'not-found'),
		unauthorized: refusal(401, 'unauthorized'),
		refused: refusal(400, 'invalid-operation'),
	};
	if (kind === 'self') {
		return { success: ok({ id: other.id }), same: ok({ id: USER_IDS.awork }), ...refusals };
	}
	if (kind === 'rights') {
		const rights = (isAdmin: boolean, ...levels: string[]) =>
			ok({
				userPermission: {
					isAdmin,
					permissions: [{ feature: 'user-master-data', accessLevels: levels }],
				},
			});
		return {
			success: rights(false, 'read'),
			same: rights(true),
			none: rights(false, 'write'),
			...refusals,
		};
	}
	if (kind === 'find') {
		return {
			success: ok([one(), one(other)]),
			several: ok([one(), one({ id: other.id })]),
			none: ok([one(other), one({ userContactInfos: [], id: aworkUser.id.replace('6', '7') })]),
			alone: ok([one()]),
			...refusals,
		};
	}
	if (kind === 'read') {
		return {
			success: ok(one()),
			deactivated: ok(one({ isDeactivated: true })),
			archived: ok(one({ isArchived: true })),
			invited: ok(one({ status: { invitationAccepted: false } })),
			...refusals,
		};
	}
	const summary = { privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 };
	return {
		success: { status: 204 },
		...(kind === 'deactivate' && { summary: ok(summary) }),
		already: refusal(400, 'deactivated-user'),
		...refusals,
	};
}

/** What the service may answer to a request; `success` leads on. */
export function repliesTo(service: string, asked: Asked): Replies {
	const replies: Record<string, (request: Asked) => Replies> = {
		aitronos: aitronosReplies,
		zitadel: zitadelReplies,
		awork: aworkReplies,
	};
	return (replies[service] ?? userManagementReplies)(asked);
}

/** What an answer proves. */
export type Fact =
	| 'done'
	| 'already'
	/** Deactivated already, or nobody has the address: the service does not tell which. */
	| 'either'
	| 'nobody'
	/** The credential can see all users. */
	| 'seesAll'
	| 'active'
	| 'deactivated'
	| 'unclear';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown): boolean =>
	typeof a === 'string' && typeof b === 'string' && isSameName(a, b);

const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
	path.reduce<unknown>(
		(inner, name) =>
			typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
				? (inner as Record<string | number, unknown>)[name]
				: undefined,
		value,
	);

const UNREADABLE = Symbol('not JSON');

function parse(text: string | undefined): unknown {
	if (text === undefined || text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return UNREADABLE;
	}
}

/** @param text body as it was sent; undefined where no answer came */
export function factsIn(
	service: string,
	asked: Asked,
	status: number | undefined,
	text: string | undefined,
): Fact[] {
	if (status === undefined) return ['unclear'];
	const body = parse(text);
	const isSuccess = status >= 200 && status < 300;
	const isUnclear = isSuccess || status === 408 || status >= 500;
	return [
		...(isUnclear ? (['unclear'] as const) : []),
		...(isSuccess ? success(service, asked, body) : refusal(service, asked, status, body)),
	];
}

function success(service: string, asked: Asked, body: unknown): Fact[] {
	const { kind } = asked;
	// An answer about somebody else proves nothing.
	if (kind === 'read') return isSame(idIn(service, body), asked.id) ? stateIn(service, body) : [];
	if (kind === 'members') return membershipIn(body);
	if (kind === 'rights') return seesAll(service, body) ? ['seesAll'] : [];
	if (kind !== 'deactivate' && kind !== 'reactivate') return [];
	switch (service) {
		case 'aitronos': {
			const state = at(body, 'account_state');
			const wanted = kind === 'deactivate' ? 'deactivated' : 'active';
			return state === wanted && isSame(at(body, 'id'), asked.id) ? ['done', wanted] : [];
		}
		case 'zitadel':
			return isObject(at(body, 'details')) ? ['done'] : [];
		case 'awork': {
			const counts = ['privateProjectManagersReassignedCount', 'privateProjectsDeletedCount'];
			const isSummary =
				kind === 'deactivate' && counts.some((name) => Number.isInteger(at(body, name)));
			return body === undefined || isSummary ? ['done'] : [];
		}
		default: {
			if (at(body, 'status') !== 'success') return [];
			if (kind === 'deactivate') return typeof at(body, 'message') === 'string' ? ['done'] : [];
			const isIn = (list: unknown) =>
				Array.isArray(list) && list.some((entry) => isSame(entry, emailIn(asked)));
			if (isIn(at(body, 'invalidEmails'))) return [];
			return isIn(at(body, 'successfulInvites')) ? ['done'] : ['already'];
		}
	}
}

/** The list holds active members only. */
function membershipIn(body: unknown): Fact[] {
	const users = at(body, 'users');
	if (!Array.isArray(users)) return [];
	if (users.some((user) => isSame(at(user, 'email'), EMAIL))) return ['active'];
	return at(body, 'nextCursor') ? [] : ['either', 'nobody', 'deactivated'];
}

const userIn = (service: string, body: unknown): unknown =>
	service === 'zitadel' ? at(body, 'user') : body;

function idIn(service: string, body: unknown): unknown {
	const name = { aitronos: 'user_id', zitadel: 'userId', awork: 'id' }[service] ?? '';
	return at(userIn(service, body), name);
}

function seesAll(service: string, body: unknown): boolean {
	const result = at(body, 'result');
	if (service === 'zitadel') return Array.isArray(result) && result.includes('user.read');
	const permissions = at(body, 'userPermission', 'permissions');
	return (
		at(body, 'userPermission', 'isAdmin') === true ||
		(Array.isArray(permissions) &&
			permissions.some((entry: unknown) => {
				const levels = at(entry, 'accessLevels');
				const isRead = Array.isArray(levels) && levels.includes('read');
				return isRead && at(entry, 'feature') === 'user-master-data';
			}))
	);
}

function stateIn(service: string, body: unknown): Fact[] {
	switch (service) {
		case 'aitronos': {
			const names = [at(body, 'status', 'name'), at(body, 'status_name')];
			return names.flatMap((name): Fact[] =>
				name === 'Active' ? ['active'] : name === 'Inactive' ? ['deactivated'] : [],
			);
		}
		case 'zitadel': {
			const state = at(body, 'user', 'state');
			if (state === 'USER_STATE_ACTIVE') return ['active'];
			return state === 'USER_STATE_INACTIVE' ? ['deactivated'] : [];
		}
		default: {
			const isOff =
				at(body, 'isDeactivated') === true || at(body, 'status', 'isDeactivated') === true;
			return [isOff ? 'deactivated' : 'active'];
		}
	}
}

/** The codes that the services give, with the status they come with, and what they prove. */
const CODES: ReadonlyMap<unknown, readonly [status: number, fact: Fact]> = new Map([
	['USER_ALREADY_DEACTIVATED', [422, 'already']],
	['USER_NOT_DEACTIVATED', [422, 'already']],
	['USER_NOT_FOUND', [404, 'nobody']],
	['COMMAND-5gunjw0cd7', [400, 'already']],
	['COMMAND-s5qqcz97hf', [400, 'already']],
	['COMMAND-5gp2p62iin', [404, 'nobody']],
	['COMMAND-9hy5kzbuk6', [404, 'nobody']],
	['QUERY-Dfbg2', [404, 'nobody']],
	['deactivated-user', [400, 'already']],
	['not-found', [404, 'nobody']],
]);

function refusal(service: string, asked: Asked, status: number, body: unknown): Fact[] {
	if (service === 'langdock' || service === 'odeus') {
		const texts = [at(body, 'message'), at(body, 'error'), at(body, 'error', 'message')];
		const isDocumented = status === 404 && texts.includes('User not found or not an active member');
		return isDocumented && asked.kind === 'deactivate' ? ['either', 'nobody'] : [];
	}
	const details = at(body, 'details');
	const message = at(body, 'message');
	const codes = [
		at(body, 'error', 'code'),
		at(body, 'code'),
		...(Array.isArray(details) ? details.map((detail) => at(detail, 'id')) : []),
		at(body, 'detail', 'id'),
		typeof message === 'string' ? /\(([A-Z0-9]+-[A-Za-z0-9]+)\)$/.exec(message)?.[1] : undefined,
	];
	return codes.flatMap((code) => {
		const [expected, fact] = CODES.get(code) ?? [];
		return fact !== undefined && expected === status ? [fact] : [];
	});
}

/** The users in an answer to a look-up who have the address: those that may be meant. */
export function idsWithEmail(service: string, text: string): string[] {
	const body = parse(text);
	const list = {
		aitronos: at(body, 'users') ?? at(body, 'members'),
		zitadel: at(body, 'result'),
		awork: body,
	}[service];
	return (Array.isArray(list) ? list : []).flatMap((user: unknown) => {
		const wrapped = service === 'zitadel' ? { user } : user;
		const isMeant = emailsOf(service, user).some((email) => isSame(email, EMAIL));
		const id = idIn(service, wrapped);
		return isMeant && typeof id === 'string' ? [id.trim()] : [];
	});
}

function emailsOf(service: string, user: unknown): unknown[] {
	if (service === 'aitronos') return [at(user, 'email')];
	if (service === 'zitadel') return [at(user, 'human', 'email', 'email')];
	const infos: unknown = at(user, 'userContactInfos');
	const isAddress = (info: unknown) => {
		const type = at(info, 'type');
		return typeof type !== 'string' || type === '' || type === 'email';
	};
	return Array.isArray(infos) ? infos.filter(isAddress).map((info) => at(info, 'value')) : [];
}

/** Whether an answer to a read shows the address. */
export function showsEmail(service: string, text: string | undefined): boolean {
	const user = userIn(service, parse(text));
	return emailsOf(service, user).some((email) => isSame(email, EMAIL));
}

/** Whom an answer says that the credential belongs to. */
export function ownIdIn(service: string, text: string | undefined): unknown {
	const body = parse(text);
	if (service === 'zitadel') return at(body, 'user', 'id');
	return service === 'aitronos' ? (at(body, 'user_id') ?? at(body, 'id')) : at(body, 'id');
}

/** The sessions in a list that name the user as theirs. */
export function sessionsOf(userId: string, text: string | undefined): unknown[] {
	const sessions = at(parse(text), 'sessions');
	return (Array.isArray(sessions) ? sessions : [])
		.filter((session) => isSame(at(session, 'factors', 'user', 'id'), userId))
		.map((session) => at(session, 'id'));
}

/** Parameters that each operation of each service is content with. */
export const PARAMETERS: Readonly<Record<string, Record<string, unknown>>> = {
	langdock: { email: EMAIL, role: 'member' },
	odeus: { email: EMAIL, role: 'member' },
	aitronos: {
		organizationId: byId('org_1'),
		userId: byId(USER_IDS.aitronos),
		transferResourcesToDepartmentId: byId('dept_2'),
	},
	zitadel: { userId: byId(USER_IDS.zitadel) },
	awork: { userId: byId(USER_IDS.awork), includeSummary: true },
};
