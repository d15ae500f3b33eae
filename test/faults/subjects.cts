import type { CredentialData } from '../harness/credentials.cts';
import { byEmail, byId, type NodeRun } from '../harness/runNode.cts';
import { CROWD, crowdPerson, SEED, type ServiceName } from '../simulators/index.cts';

/** How an item names somebody. */
export type Naming = 'id' | 'email';

/** How a node is run on many accounts of one service. */
export interface Subject {
	parameters(naming: Naming): NodeRun['parameters'];
	credentials(baseUrl: string): CredentialData;
	/** How the simulator calls the generated person of this number. */
	idOf(number: number): string;
	/** An id that nobody has. */
	nobody(number: number): string;
	/** Whether the service has a look-up, so that an account that is gone can be told apart. */
	canLookUp: boolean;
}

const email = (number: number) => crowdPerson(number).email;

function locator(naming: Naming) {
	return naming === 'id' ? byId('={{ $json.id }}') : byEmail('={{ $json.email }}');
}

function userManagement(name: 'langdock' | 'odeus'): Subject {
	return {
		parameters: () => ({ email: '={{ $json.email }}' }),
		credentials: (baseUrl) => ({
			[`${name}AdminApi`]: { baseUrl, apiKey: SEED[name].secrets.valid },
		}),
		idOf: email,
		nobody: (number) => `nobody.${number}@example.org`,
		canLookUp: false,
	};
}

export const SUBJECTS: Record<ServiceName, Subject> = {
	langdock: userManagement('langdock'),
	odeus: userManagement('odeus'),
	aitronos: {
		parameters: (naming) => ({
			organizationId: byId(SEED.aitronos.organizationId),
			userId: locator(naming),
			transferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
		}),
		credentials: (baseUrl) => ({
			aitronosAdminApi: {
				baseUrl,
				authentication: 'apiKey',
				apiKey: SEED.aitronos.secrets.valid,
			},
		}),
		idOf: (number) => CROWD.aitronos(number).userId,
		nobody: (number) => `usr_nobody_${number}`,
		canLookUp: true,
	},
	zitadel: {
		parameters: (naming) => ({ userId: locator(naming) }),
		credentials: (baseUrl) => ({
			zitadelAdminApi: { baseUrl, accessToken: SEED.zitadel.secrets.valid },
		}),
		idOf: (number) => CROWD.zitadel(number).userId,
		nobody: (number) => `99990000${number}`,
		canLookUp: true,
	},
	awork: {
		parameters: (naming) => ({ userId: locator(naming), includeSummary: true }),
		credentials: (baseUrl) => ({ aworkAdminApi: { baseUrl, apiKey: SEED.awork.secrets.valid } }),
		idOf: (number) => CROWD.awork(number).id,
		nobody: (number) => `6f1c0000-0000-4000-b000-${String(number).padStart(12, '0')}`,
		canLookUp: true,
	},
};
