import {
	acting,
	bodyOf,
	deactivating,
	idIn,
	json,
	withBody,
	type Meeting,
	type Oddity,
} from './oddity.cts';
import { grpc } from './breakdowns.cts';

/** Oddities of single answers: about somebody else, or not about the state. */

const LOOKED_UP = ['aitronos', 'zitadel', 'awork', 'scim'] as const;

/** Somebody else at the same place. */
function anotherThan(id: string, { world, service, tenant }: Meeting): string | undefined {
	return world.accounts(service, tenant).find((account) => account.id !== id)?.id;
}

/** The account of somebody else, in the answer to a look at this one. */
async function anotherAccount(meeting: Meeting) {
	const { request, forward } = meeting;
	const id = idIn(request);
	const other = anotherThan(id, meeting);
	if (other === undefined) return undefined;
	return await forward({
		...request,
		url: request.url.replace(encodeURIComponent(id), encodeURIComponent(other)),
	});
}

/** The change is not carried out, and the answer is about somebody else who is in the wanted state. */
async function anotherChange(meeting: Meeting) {
	const { request } = meeting;
	const other = anotherThan(idIn(request), meeting);
	const state = request.url.endsWith('/reactivate') ? 'active' : 'deactivated';
	return await Promise.resolve(json(200, { id: other, email: null, account_state: state }));
}

async function everybodysSessions(meeting: Meeting) {
	const { world, service, tenant, forward } = meeting;
	const sessions = world
		.sessions(service, tenant)
		.filter(({ ended }) => !ended)
		.map(({ id, userId }) => ({ id, factors: { user: { id: userId } } }));
	const body = { details: { totalResult: String(sessions.length) }, sessions };
	return withBody(await forward(), body);
}

/** Two people do the same: the other one is first. */
async function somebodyElseFirst({ service, tenant, request, world, forward }: Meeting) {
	world.bySomebodyElse(service, tenant, request);
	return await forward();
}

async function shownAs(state: string, { forward }: Meeting) {
	const answer = await forward();
	const body = bodyOf(answer);
	const user = body.user as Record<string, unknown> | undefined;
	return user ? withBody(answer, { ...body, user: { ...user, state } }) : undefined;
}

export const ANSWERS = {
	'account of somebody else': { at: LOOKED_UP, on: ['read'], weight: 3, meet: anotherAccount },
	'change of somebody else': {
		at: ['aitronos'],
		on: ['change'],
		weight: 10,
		arrange: acting,
		meet: anotherChange,
	},
	"everybody's sessions": {
		at: ['zitadel'],
		on: ['sessions'],
		weight: 14,
		lasting: true,
		meet: everybodysSessions,
		arrange: (history) => ({
			...deactivating(history),
			options: { ...history.options, endSessions: true, dryRun: undefined },
		}),
	},
	'somebody else is first': {
		// SCIM confirms what is done already: nobody can tell who was first.
		at: ['langdock', 'odeus', 'aitronos', 'zitadel', 'awork'],
		on: ['change'],
		isTrue: true,
		weight: 2,
		meet: somebodyElseFirst,
	},
	'unknown error ID': {
		at: ['zitadel'],
		on: ['change'],
		weight: 10,
		arrange: acting,
		meet: async () => await Promise.resolve(json(400, grpc(9, 'Not now', 'COMMAND-n3w1d'))),
	},
	'unknown state': {
		at: ['zitadel'],
		on: ['read'],
		weight: 5,
		arrange: (history) => ({ ...history, options: { ...history.options, verify: true } }),
		meet: async (meeting) => await shownAs('USER_STATE_UNSPECIFIED', meeting),
	},
	'deactivated-user although active': {
		at: ['awork'],
		on: ['change'],
		weight: 14,
		arrange: deactivating,
		meet: async ({ world, service, tenant, request }) => {
			if (world.state(service, tenant, idIn(request)) !== 'active') return undefined;
			const body = { code: 'deactivated-user', description: 'The user is deactivated.', link: '' };
			return await Promise.resolve(json(400, body));
		},
	},
} satisfies Record<string, Oddity>;
