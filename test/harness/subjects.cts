import type { INode } from 'n8n-workflow';

import { CROWD, crowdPerson, SEED, SERVICE_NAMES, type ServiceName } from '../simulators/index.cts';
import type { CredentialData } from './credentials.cts';
import { byEmail, byId } from './locators.cts';

/** Whom a node is about, by values or expressions: by ID, or without one by email. */
interface User {
	readonly id?: string;
	readonly email: string;
}

/** How the node of a service is run against its simulator. */
export interface Subject {
	/** The simplest of its credential types. */
	credentialType: string;
	/** What is in the credential beside the address. */
	secrets(secret: string): Readonly<Record<string, string>>;
	/** Fields that every operation is content with, the user among them. */
	parameters(user: User): INode['parameters'];
	/** What a request that changes an account looks like. */
	change: { readonly method: string; readonly path: RegExp };
	/** How the simulator calls the generated person of this number. */
	idOf(number: number): string;
	/** An id that nobody has. */
	nobody(number: number): string;
	/** Whether the service has a look-up, so that an account that is gone can be told apart. */
	canLookUp: boolean;
}

const locator = ({ id, email }: User) => (id === undefined ? byEmail(email) : byId(id));

const apiKey = (secret: string) => ({ apiKey: secret });

const byPost = { method: 'POST', path: /\/(de|re)?activate$/ };

const userManagement = (credentialType: string): Subject => ({
	credentialType,
	secrets: apiKey,
	parameters: ({ email }) => ({ email }),
	change: { method: 'POST', path: /\/(deactivate-user|invite)$/ },
	idOf: (number) => crowdPerson(number).email,
	nobody: (number) => `nobody.${number}@example.org`,
	canLookUp: false,
});

export const SUBJECTS: Readonly<Record<ServiceName, Subject>> = {
	langdock: userManagement('langdockAdminApi'),
	odeus: userManagement('odeusAdminApi'),
	aitronos: {
		credentialType: 'aitronosAdminApi',
		secrets: (secret) => ({ authentication: 'apiKey', apiKey: secret }),
		parameters: (user) => ({
			organizationId: byId(SEED.aitronos.organizationId),
			userId: locator(user),
			transferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
		}),
		change: byPost,
		idOf: (number) => CROWD.aitronos(number).userId,
		nobody: (number) => `usr_nobody_${number}`,
		canLookUp: true,
	},
	zitadel: {
		credentialType: 'zitadelAdminApi',
		secrets: (secret) => ({ accessToken: secret }),
		parameters: (user) => ({
			authentication: 'personalAccessToken',
			userId: locator(user),
		}),
		change: byPost,
		idOf: (number) => CROWD.zitadel(number).userId,
		nobody: (number) => `99990000${number}`,
		canLookUp: true,
	},
	scim: {
		credentialType: 'scimAdminApi',
		// The name of the app is the service in records.
		secrets: (secret) => ({ accessToken: secret, appName: 'scim' }),
		parameters: (user) => ({ authentication: 'token', userId: locator(user) }),
		change: { method: 'PATCH', path: /\/Users\/[^/]+$/ },
		idOf: (number) => CROWD.scim(number).id,
		nobody: (number) => `nobody/${number}`,
		canLookUp: true,
	},
	awork: {
		credentialType: 'aworkAdminApi',
		secrets: apiKey,
		parameters: (user) => ({
			authentication: 'apiKey',
			userId: locator(user),
			includeSummary: true,
		}),
		change: byPost,
		idOf: (number) => CROWD.awork(number).id,
		nobody: (number) => `6f1c0000-0000-4000-b000-${String(number).padStart(12, '0')}`,
		canLookUp: true,
	},
};

/** The services that can be asked about their users. */
export const LOOK_UP = SERVICE_NAMES.filter((name) => SUBJECTS[name].canLookUp);

/** How an item with the fields `id` and `email` names somebody. */
export type Naming = 'id' | 'email';

const email = '={{ $json.email }}';
export const OF_ITEM: Readonly<Record<Naming, User>> = {
	id: { id: '={{ $json.id }}', email },
	email: { email },
};

/** The credential of a service, for its simulator. */
export function credentialOf(
	service: ServiceName,
	baseUrl: string,
	secret: string = SEED[service].secrets.valid,
): CredentialData {
	const { credentialType, secrets } = SUBJECTS[service];
	return { [credentialType]: { baseUrl, ...secrets(secret) } };
}
