import type { UserSelector } from '../parameters/locators';
import { pickOptions } from '../parameters/options';
import type { ParametersFor } from '../parameters/reading';
import type { UserDirectory } from './directory';
import { DEACTIVATION, REACTIVATION } from './outcome';
import { defineOperation, type Operation } from './service';
import { changeUser, getUser } from './userFlow';

/**
 * How the editor lists the operations. `action` is all that a model reads of a tool: it has to say
 * whether something changes and that repeating does no harm.
 */
export const deactivateOption = (description: string): Operation['option'] => ({
	name: 'Deactivate',
	value: 'deactivate',
	action: 'Deactivate user (ends access, safe to repeat)',
	description: `${description}. Repeating is safe.`,
});

export const getOption = (description: string): Operation['option'] => ({
	name: 'Get',
	value: 'get',
	action: 'Get state of user (changes nothing)',
	description: `${description}. Changes nothing.`,
});

export const reactivateOption = (description: string): Operation['option'] => ({
	name: 'Reactivate',
	value: 'reactivate',
	action: 'Reactivate user (restores access, safe to repeat)',
	description: `${description}. Repeating is safe.`,
});

interface UserValues {
	userId: UserSelector;
}

/** What a service that can be asked about its users has to say about its three operations. */
interface UserService<Common extends UserValues, ToDeactivate extends Common> {
	users: UserDirectory<NoInfer<Common>, NoInfer<ToDeactivate>>;
	/** What every operation asks for. */
	parameters: ParametersFor<Common>;
	deactivate: {
		description: string;
		notice?: string;
		/** Including what only Deactivate asks for. */
		parameters: ParametersFor<ToDeactivate>;
		/** In addition to the options that every service has. */
		options?: ReadonlyArray<'endSessions'>;
	};
	get: { description: string };
	reactivate: { description: string; notice?: string };
}

/** Deactivate, Get and Reactivate of a service that can be asked about its users. */
export function userOperations<Common extends UserValues, ToDeactivate extends Common>({
	users,
	parameters,
	deactivate,
	get,
	reactivate,
}: UserService<Common, ToDeactivate>): Record<'deactivate' | 'get' | 'reactivate', Operation> {
	return {
		deactivate: defineOperation<ToDeactivate>({
			option: deactivateOption(deactivate.description),
			notice: deactivate.notice,
			parameters: deactivate.parameters,
			options: pickOptions([
				'dryRun',
				...(deactivate.options ?? []),
				'ifAlreadyDeactivated',
				'ifNotFound',
				'protectedUsers',
				'safetyLimit',
				'verify',
			]),
			perform: async (values, run, options) =>
				await changeUser(
					{
						users,
						values,
						run,
						options,
						apply: async (userId) => await users.deactivate(userId, values, run),
					},
					DEACTIVATION,
				),
		}),
		get: defineOperation<Common>({
			option: getOption(get.description),
			parameters,
			options: pickOptions(['ifNotFound']),
			perform: async (values, run, options) => await getUser({ users, values, run, options }),
		}),
		reactivate: defineOperation<Common>({
			option: reactivateOption(reactivate.description),
			notice: reactivate.notice,
			parameters,
			options: pickOptions(['dryRun', 'ifNotFound', 'verify']),
			perform: async (values, run, options) =>
				await changeUser(
					{
						users,
						values,
						run,
						options,
						apply: async (userId) => await users.reactivate(userId, values, run),
					},
					REACTIVATION,
				),
		}),
	};
}
