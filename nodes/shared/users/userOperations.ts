import type { Directory } from './directory';
import { deactivateOption, getOption, reactivateOption } from './operations';
import { offer } from '../parameters/options';
import type { ParametersFor } from '../parameters/reading';
import { defineOperation, type Operation } from './service';
import type { Session } from './runContext';
import {
	deactivateUser,
	getUser,
	reactivateUser,
	type ChangeSteps,
	type DeactivateSteps,
} from './userFlow';
import type { UserSelector } from '../parameters/locators';

interface UserValues {
	userId: UserSelector;
}

/** What a service that can be asked about its users has to say of its three operations. */
interface UserService<Common extends UserValues, OfDeactivate extends Common> {
	directory: Directory<NoInfer<Common>>;
	/** What every operation asks for. */
	parameters: ParametersFor<Common>;
	deactivate: {
		description: string;
		notice?: string;
		/** With what only Deactivate asks for. */
		parameters: ParametersFor<OfDeactivate>;
		/** Beside the options that every service has. */
		options?: ReadonlyArray<'endSessions'>;
		steps(values: OfDeactivate, session: Session): DeactivateSteps;
	};
	get: { description: string };
	reactivate: {
		description: string;
		notice?: string;
		steps(values: Common, session: Session): ChangeSteps;
	};
}

/** Deactivate, Get and Reactivate of a service that can be asked about its users. */
export function userOperations<Common extends UserValues, OfDeactivate extends Common>({
	directory,
	parameters,
	deactivate,
	get,
	reactivate,
}: UserService<Common, OfDeactivate>): Record<'deactivate' | 'get' | 'reactivate', Operation> {
	return {
		deactivate: defineOperation({
			option: deactivateOption(deactivate.description),
			notice: deactivate.notice,
			parameters: deactivate.parameters,
			options: offer([
				'dryRun',
				...(deactivate.options ?? []),
				'ifAlreadyDeactivated',
				'ifNotFound',
				'protectedUsers',
				'safetyLimit',
				'verify',
			]),
			perform: async (values, session, options) =>
				await deactivateUser(
					{ directory, values, session, options },
					deactivate.steps(values, session),
				),
		}),
		get: defineOperation({
			option: getOption(get.description),
			parameters,
			options: offer(['ifNotFound']),
			perform: async (values, session, options) =>
				await getUser({ directory, values, session, options }),
		}),
		reactivate: defineOperation({
			option: reactivateOption(reactivate.description),
			notice: reactivate.notice,
			parameters,
			options: offer(['dryRun', 'ifNotFound', 'verify']),
			perform: async (values, session, options) =>
				await reactivateUser(
					{ directory, values, session, options },
					reactivate.steps(values, session),
				),
		}),
	};
}
