import {
	NodeOperationError,
	type ICredentialType,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { asError } from '../model/failure';
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

type Output = Promise<INodeExecutionData[][]>;

/**
 * The `execute` of a node. If its code can't be loaded, every item fails, made without that code: with
 * 'Continue', n8n would take what is thrown for a success of all.
 */
export function executeOnDemand(load: () => Promise<(context: IExecuteFunctions) => Output>) {
	return async function (this: IExecuteFunctions): Output {
		const execute = await load().catch(asError);
		if (typeof execute === 'function') return await execute(this);
		const message = "The code of this node can't be loaded";
		if (this.continueOnFail()) {
			const items = [...this.getInputData().keys()];
			return [items.map((item) => ({ json: { error: message }, pairedItem: { item } }))];
		}
		throw new NodeOperationError(this.getNode(), message, {
			description: `Restart n8n. If that doesn't help, install the package again. n8n says: ${execute.message}`,
		});
	};
}

/** The `execute` of a service's node. */
export function executor(service: Service) {
	return executeOnDemand(async () => {
		const { execute } = await import('./execute');
		return async (context) => await execute(context, service);
	});
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
