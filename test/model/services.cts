import type { ICredentialType, INodeType } from 'n8n-workflow';

import { AitronosAdminApi } from '../../credentials/AitronosAdminApi.credentials';
import { AworkAdminApi } from '../../credentials/AworkAdminApi.credentials';
import { LangdockAdminApi } from '../../credentials/LangdockAdminApi.credentials';
import { OdeusAdminApi } from '../../credentials/OdeusAdminApi.credentials';
import { ScimAdminApi } from '../../credentials/ScimAdminApi.credentials';
import { ZitadelAdminApi } from '../../credentials/ZitadelAdminApi.credentials';
import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { Langdock } from '../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../nodes/Odeus/Odeus.node';
import { OffboardUser } from '../../nodes/OffboardUser/OffboardUser.node';
import { Scim } from '../../nodes/Scim/Scim.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import {
	aitronosAccount,
	aworkAccount,
	langdockAccount,
	scimAccount,
	SEED,
	SERVICE_NAMES,
	startAitronos,
	startAwork,
	startLangdock,
	startScim,
	startZitadel,
	zitadelHuman,
	zitadelMachine,
	type ServiceName,
	type Simulator,
} from '../simulators/index.cts';
import { NOBODY, type Person } from './people.cts';

export { SERVICE_NAMES, type ServiceName, type Simulator };

/** What a request is for. */
export type Purpose = 'change' | 'read' | 'list' | 'me' | 'sessions' | 'endSession' | 'other';

/** Who calls: with all rights, without the right to change, or without the right to see everybody. */
export type Caller = 'all' | 'mayNotChange' | 'mayNotSee';

interface ServiceFacts {
	readonly node: INodeType;
	readonly credential: ICredentialType;
	/** The secret of each caller that the service knows. */
	readonly secrets: Partial<Record<Caller, string>> & { readonly all: string };
	readonly secretField: string;
	/** What else is in the credential. */
	readonly credentialFields?: Readonly<Record<string, string>>;
	/** The account of the caller with all rights, where a credential has one. */
	readonly ownId?: string;
	start(people: readonly Person[]): Promise<Simulator>;
	/** The ID of the person with this number; their address where the service knows no IDs. */
	idOf(number: number, person: Person): string;
	/** In the order in which they are tried. */
	readonly requests: ReadonlyArray<readonly [Purpose, method: string, path: RegExp]>;
	/** What its node asks for besides the user. */
	readonly parameters: Readonly<Record<string, unknown>>;
}

const GIVEN = { givenName: 'Robin', familyName: 'Roe' };
const named = ({ email }: Person) => ({ ...GIVEN, email });

/** The states that the service has; whoever is in another one is active there. */
function stateAt<State extends string>({ state }: Person, states: Readonly<Record<string, State>>) {
	return states[state] ?? states.active ?? ('active' as State);
}

/** An address is an account: whoever has it first. */
function firstOfEach(people: readonly Person[]): Person[] {
	return people.filter(
		({ email }, number) => people.findIndex((other) => other.email === email) === number,
	);
}

const PLAIN_STATES = { active: 'active', deactivated: 'deactivated', invited: 'invited' } as const;

function workspace(name: 'langdock' | 'odeus', node: INodeType, credential: ICredentialType) {
	const { secrets } = SEED[name];
	const facts: ServiceFacts = {
		node,
		credential,
		secrets: { all: secrets.valid, mayNotChange: secrets.withoutPermission },
		secretField: 'apiKey',
		start: async (people) =>
			await startLangdock(name, {
				inProcess: true,
				accounts: firstOfEach(people).map((person) =>
					langdockAccount(named(person), {
						state: stateAt(person, PLAIN_STATES),
						role: person.kind === 'admin' ? 'admin' : 'member',
					}),
				),
			}),
		idOf: (_, { email }) => email,
		requests: [
			['change', 'POST', /\/(deactivate-user|invite)$/],
			['list', 'GET', /\/billing\//],
		],
		parameters: { role: 'member' },
	};
	return facts;
}

const department = SEED.aitronos.departments.transferTarget;
const { apiUser, apiUserWithoutPermission, apiUserWithoutMasterData } = SEED.awork.accounts;
const { userManager, viewer, withoutRole, withoutReading } = SEED.zitadel.accounts;

/** How the services are run, and how their requests and people look. */
export const SERVICES: Readonly<Record<ServiceName, ServiceFacts>> = {
	langdock: workspace('langdock', new Langdock(), new LangdockAdminApi()),
	odeus: workspace('odeus', new Odeus(), new OdeusAdminApi()),
	aitronos: {
		node: new Aitronos(),
		credential: new AitronosAdminApi(),
		secrets: {
			all: SEED.aitronos.secrets.valid,
			mayNotChange: SEED.aitronos.secrets.withoutPermission,
		},
		secretField: 'apiKey',
		start: async (people) =>
			await startAitronos({
				inProcess: true,
				accounts: people.map((person, number) =>
					aitronosAccount(`usr_p${number}`, named(person), {
						state: stateAt(person, PLAIN_STATES),
						isOwner: person.kind === 'admin',
					}),
				),
			}),
		idOf: (number) => `usr_p${number}`,
		requests: [
			['change', 'POST', /\/users\/[^/]+\/(de|re)activate$/],
			['list', 'POST', /\/v1\/organizations\/[^/]+\/users$/],
			['read', 'GET', /\/v1\/organizations\/[^/]+\/users\/[^/]+$/],
			['me', 'GET', /\/v1\/user\/me$/],
		],
		parameters: {
			organizationId: { __rl: true, mode: 'id', value: SEED.aitronos.organizationId },
			transferResourcesToDepartmentId: { __rl: true, mode: 'id', value: department },
		},
	},
	zitadel: {
		node: new Zitadel(),
		credential: new ZitadelAdminApi(),
		secrets: {
			all: SEED.zitadel.secrets.valid,
			mayNotChange: SEED.zitadel.secrets.withoutPermission,
			mayNotSee: SEED.zitadel.secrets.withoutRole,
		},
		secretField: 'accessToken',
		ownId: userManager.userId,
		start: async (people) =>
			await startZitadel({
				inProcess: true,
				accounts: [
					...people.map((person, number) =>
						zitadelAccount(`28000000000000000${number + 1}`, person),
					),
					...[userManager, viewer, withoutRole, withoutReading],
				],
			}),
		// The first two have sessions in the seed.
		idOf: (number) => `28000000000000000${number + 1}`,
		requests: [
			['change', 'POST', /\/v2\/users\/[^/]+\/(de|re)activate$/],
			['list', 'POST', /\/v2\/users$/],
			['read', 'GET', /\/v2\/users\/[^/]+$/],
			['me', 'GET', /\/auth\/v1\/users\/me$/],
			['sessions', 'POST', /\/v2\/sessions\/search$/],
			['endSession', 'DELETE', /\/v2\/sessions\/[^/]+$/],
		],
		parameters: { authentication: 'personalAccessToken' },
	},
	awork: {
		node: new Awork(),
		credential: new AworkAdminApi(),
		secrets: {
			all: SEED.awork.secrets.valid,
			mayNotChange: SEED.awork.secrets.withoutPermission,
			mayNotSee: SEED.awork.secrets.withoutMasterData,
		},
		secretField: 'apiKey',
		ownId: apiUser.id,
		start: async (people) =>
			await startAwork({
				inProcess: true,
				accounts: [
					...people.map((person, number) => ({
						...aworkAccount(aworkId(number), named(person), {
							isDeactivated: person.state === 'deactivated',
							invitationAccepted: person.state !== 'invited' && person.kind !== 'pending',
							isAdmin: person.kind === 'admin',
						}),
						...(person.kind === 'withoutAddress' && { email: null }),
					})),
					...[apiUser, apiUserWithoutPermission, apiUserWithoutMasterData],
				],
			}),
		idOf: (number) => aworkId(number),
		requests: [
			['change', 'POST', /\/users\/[^/]+\/(de)?activate$/],
			['me', 'GET', /\/users\/me$/],
			['list', 'GET', /\/users$/],
			['read', 'GET', /\/users\/[^/]+$/],
		],
		parameters: { authentication: 'apiKey', includeSummary: false },
	},
	scim: {
		node: new Scim(),
		credential: new ScimAdminApi(),
		secrets: {
			all: SEED.scim.secrets.valid,
			mayNotChange: SEED.scim.secrets.withoutPermission,
			mayNotSee: SEED.scim.secrets.withoutReading,
		},
		secretField: 'accessToken',
		credentialFields: { appName: 'scim' },
		start: async (people) =>
			await startScim({
				inProcess: true,
				accounts: [
					SEED.scim.accounts.colleague,
					...people.map((person, number) =>
						scimAccount(scimId(number), named(person), {
							...scimNames(people, number),
							active: person.state !== 'deactivated',
							// Many apps keep the address as user name only.
							...((person.kind === 'withoutAddress' ||
								(number % 2 === 0 && ownsName(people, number))) && { emails: undefined }),
						}),
					),
				],
			}),
		idOf: (number) => scimId(number),
		requests: [
			['change', 'PATCH', /\/Users\/[^/]+$/],
			['change', 'PUT', /\/Users\/[^/]+$/],
			['list', 'GET', /\/Users$/],
			['read', 'GET', /\/Users\/[^/]+$/],
		],
		parameters: { authentication: 'token' },
	},
};

/** The node for all services at once. */
export const OFFBOARD_USER: INodeType = new OffboardUser();

/** Whether the service can be asked about its users. */
export function canLookUp(service: ServiceName): boolean {
	return service !== 'langdock' && service !== 'odeus';
}

/** What a request of a service is for. */
export function purposeOf(service: ServiceName, method: string, path: string): Purpose {
	const known = SERVICES[service].requests.find(
		([, wanted, pattern]) => wanted === method && pattern.test(path),
	);
	return known?.[0] ?? 'other';
}

function aworkId(number: number): string {
	return `6f1c0000-0000-4000-8000-00000000000${number + 1}`;
}

/** The server's IDs may have any characters. */
export function scimId(number: number): string {
	return `p.${number}?#%+`;
}

/** By what SCIM knows a person besides email and ID. Only one user has the address as user name. */
export function scimNames(people: readonly Person[], number: number) {
	const email = people[number]?.email ?? NOBODY;
	return {
		userName: ownsName(people, number) ? email : `user.${number}`,
		externalId: `hr-${number}`,
	};
}

/** Whether somebody is the first who shows this address. */
function ownsName(people: readonly Person[], number: number): boolean {
	const first = people.findIndex(
		({ email, kind }) => email === people[number]?.email && kind !== 'withoutAddress',
	);
	return first === number;
}

function zitadelAccount(userId: string, person: Person) {
	const { email, kind } = person;
	if (kind === 'withoutAddress') {
		const state = person.state === 'deactivated' ? 'USER_STATE_INACTIVE' : 'USER_STATE_ACTIVE';
		return { ...zitadelMachine(userId, email, {}), state } as const;
	}
	return zitadelHuman(userId, named(person), {
		userName: `${email}.${userId.slice(-1)}`,
		state: stateAt(person, {
			active: 'USER_STATE_ACTIVE',
			deactivated: 'USER_STATE_INACTIVE',
			invited: 'USER_STATE_INITIAL',
			locked: 'USER_STATE_LOCKED',
		} as const),
		...(kind === 'unreadable' && { organizationId: '270000000000000002' }),
	});
}
