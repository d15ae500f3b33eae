import { userManagementService } from '../Langdock/langdock';

/** The same API as Langdock's, on another host. */
export const odeus = userManagementService({
	name: 'odeus',
	displayName: 'Odeus',
	credentialType: 'odeusAdminApi',
});
