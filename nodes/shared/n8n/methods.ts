import type { ICredentialType } from 'n8n-workflow';

import type { ParametersFor } from '../parameters/reading';
import type { UserDirectory } from '../users/directory';
import type { Service } from '../users/service';
import type { ListSearch, LoadList } from './listSearch';

/**
 * What n8n calls of a node. n8n loads the nodes of all packages when it starts, so what a call needs
 * is loaded by the first call.
 */
function onDemand<This, Args extends unknown[], Result>(
	load: () => Promise<(this: This, ...args: Args) => Promise<Result>>,
) {
	return async function (this: This, ...args: Args): Promise<Result> {
		return await (await load()).call(this, ...args);
	};
}

/** The `execute` of a service's node. */
export function executor(service: Service) {
	return onDemand(async () => (await import('./execute')).executor(service));
}

/** The test behind a credential's 'Test' button. */
export function credentialTest(service: Service, credentialClass: new () => ICredentialType) {
	return onDemand(async () =>
		(await import('./credentialTest')).credentialTest(service, credentialClass),
	);
}

/**
 * A list behind a locator.
 *
 * @param parameters the other fields of the node that the list depends on
 */
export function listSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	loadList: () => Promise<LoadList<Values>>,
): ListSearch {
	return onDemand(async () =>
		(await import('./listSearch')).listSearch(service, parameters, await loadList()),
	);
}

/** The list of users behind the locator of `userLocator`. */
export function userSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	loadUsers: () => Promise<Pick<UserDirectory<NoInfer<Values>>, 'search' | 'pageOf'>>,
): ListSearch {
	return onDemand(async () =>
		(await import('./listSearch')).userSearch(service, parameters, await loadUsers()),
	);
}
