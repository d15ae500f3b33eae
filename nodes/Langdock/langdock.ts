import { userManagementService } from './userManagement';

export const langdock = userManagementService({
	name: 'langdock',
	displayName: 'Langdock',
	credentialType: 'langdockAdminApi',
});
