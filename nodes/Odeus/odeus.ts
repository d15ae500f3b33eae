import { userManagementService } from '../Langdock/userManagement';

export const odeus = userManagementService({
	name: 'odeus',
	displayName: 'Odeus',
	credentialType: 'odeusAdminApi',
});
