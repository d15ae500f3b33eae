import type { INodePropertyOptions } from 'n8n-workflow';

import type { ErrorTable } from './errorTable';
import type { ParameterReader, ParameterSet, Values } from './parameters';
import { readParameters } from './parameters';
import type { Account, Change } from './record';
import type { Api } from './request';

/** One operation on one account, with its parameters already read and checked. */
export interface PreparedOperation {
	/** The account as the parameters name it. */
	account: Account;
	/** @throws Failure */
	perform(api: Api): Promise<Change>;
}

/** One operation of a service: what it asks for and what it does. */
export interface Operation {
	/** How the editor lists it. */
	option: INodePropertyOptions & { value: string };
	parameters: ParameterSet;
	/** @throws Failure `invalidInput` before anything is sent */
	prepare(read: ParameterReader): PreparedOperation;
}

/** How `If Already Deactivated` is set when nobody sets it, and why. */
export interface AlreadyDeactivatedPolicy {
	default: 'succeed' | 'fail';
	description: string;
}

/** A credential type, and the choice of the parameter `authentication` that stands for it. */
export interface ServiceCredential {
	authentication: string;
	name: string;
	type: string;
}

/** All that is special about one service. Everything else is in this folder, once. */
export interface Service {
	/** Name in records, as in `langdock`. */
	name: string;
	/** Name in messages and in the editor, as the service writes it. */
	displayName: string;
	/** With more than one, the parameter `authentication` chooses. */
	credentials: readonly ServiceCredential[];
	errors: ErrorTable;
	/** What to check at the service if it does not accept the credential, or not for this. */
	advice: Readonly<Record<'unauthorized' | 'forbidden', string>>;
	/** Operations by value of the parameter `operation`. */
	operations: Readonly<Record<string, Operation>>;
	/** Where the service cannot tell an account that is already deactivated from one that never was. */
	alreadyDeactivated?: AlreadyDeactivatedPolicy;
	/**
	 * Proves the credential at the service and changes nothing there.
	 *
	 * @throws Failure
	 */
	checkCredential(api: Api): Promise<void>;
}

/** Ties the parameters of an operation to the code that works with their values. */
export function defineOperation<P extends ParameterSet>(
	option: Operation['option'],
	parameters: P,
	perform: (values: Values<P>, api: Api) => Promise<Change>,
): Operation {
	return {
		option,
		parameters,
		prepare(read) {
			const values = readParameters(parameters, read);
			const { userId, email } = values as Account;
			return {
				account: { userId, email },
				perform: async (api) => await perform(values, api),
			};
		},
	};
}
