import type { INodePropertyOptions } from 'n8n-workflow';

import type { Client } from '../http/client';
import type { ErrorTable } from '../http/errorTable';
import type { Account, AccountRow, Change } from '../model/record';
import { toAccount, type UserSelector } from '../parameters/locators';
import type { OptionParameters, Options } from '../parameters/options';
import {
	readParameters,
	type ParameterReader,
	type ParametersFor,
	type ParameterSet,
} from '../parameters/reading';
import type { RunContext } from './runContext';

/** One operation on one account, with its parameters already read and checked. */
export interface PreparedOperation {
	/** Value of the parameter `operation`. */
	operation: string;
	/** The account as the parameters name it. */
	account: Account;
	/** @throws Failure */
	perform(run: RunContext, options: Options): Promise<Change>;
}

/** One operation on all accounts of a service, with its parameters already read and checked. */
export interface PreparedList {
	/** Value of the parameter `operation`. */
	operation: string;
	/** @throws Failure */
	list(run: RunContext): Promise<Array<Omit<AccountRow, 'service'>>>;
}

/** One operation of a service: what it asks for and what it does. */
export interface Operation {
	/** How the editor lists it. */
	option: INodePropertyOptions & { value: string };
	/** What people should read before they use it. */
	notice?: string | undefined;
	parameters: ParameterSet;
	options: OptionParameters;
	/** @throws Failure `invalidInput` before anything is sent */
	prepare(read: ParameterReader): PreparedOperation | PreparedList;
}

/** A credential type, and the value of the parameter `authentication` that stands for it. */
export interface ServiceCredential {
	authentication: string;
	name: string;
	type: string;
	/** The credential fetches a token by itself, which may expire during a run. */
	renewsToken?: true;
}

/** Everything that is special about one service. */
export interface Service {
	/** Name in records, as in `langdock`. */
	name: string;
	/** Name in messages and in the editor, as the service writes it. */
	displayName: string;
	/** With more than one, the parameter `authentication` chooses. */
	credentials: readonly ServiceCredential[];
	/** Loaded when a node runs. */
	errors(): Promise<ErrorTable>;
	/** Name of the credential field that holds the address (default: Base URL). */
	addressField?: string;
	/** Field of the credential that names the app, where the service is a protocol that many apps speak. */
	appField?: string;
	/** What to check at the service if it rejects the credential, or does not allow something. */
	advice: Readonly<Record<'unauthorized' | 'forbidden', string>>;
	/** Operations by value of the parameter `operation`, in the order of the editor. */
	operations: Readonly<Record<string, Operation>>;
	/**
	 * Proves the credential at the service and changes nothing there.
	 *
	 * @returns what else the person who tests it should know
	 * @throws Failure
	 */
	checkCredential(client: Client): Promise<string | void>;
}

/** What says whom an operation is about: a locator, or just an address. */
type UserValues = { userId: UserSelector } | { email: string };

/** Ties the parameters of an operation to the code that works with their values. */
export function defineOperation<Values extends UserValues>(operation: {
	option: Operation['option'];
	notice?: string | undefined;
	parameters: ParametersFor<Values>;
	options: OptionParameters;
	perform(values: Values, run: RunContext, options: Options): Promise<Change>;
}): Operation {
	const { option, notice, parameters, options, perform } = operation;
	return {
		option,
		notice,
		parameters: parameters as ParameterSet,
		options,
		prepare(read) {
			const values = readParameters(parameters, read);
			return {
				operation: option.value,
				account: accountOf(values),
				perform: async (run, chosen) => await perform(values, run, chosen),
			};
		},
	};
}

function accountOf(values: UserValues): Account {
	if ('email' in values) return { email: values.email };
	return toAccount(values.userId);
}
