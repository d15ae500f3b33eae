import type { PathSegment } from '../model/path';
import { limit, readWanted, returnAll, states } from '../parameters/listing';
import type { UserSelector } from '../parameters/locators';
import { pickOptions, type OptionParameters, type Options } from '../parameters/options';
import { readParameters, type ParametersFor, type ParameterSet } from '../parameters/reading';
import type { UserDirectory } from './directory';
import type { RunContext } from './runContext';
import { defineOperation, type Operation } from './service';

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

const getManyOption = (description: string): Operation['option'] => ({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users (changes nothing)',
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

/** What a service that can be asked about its users has to say about its operations. */
interface UserService<Common extends UserValues, ToDeactivate extends Common, Own extends object> {
	/** Loaded when a node runs. */
	loadUsers(): Promise<UserDirectory<NoInfer<Common>, NoInfer<ToDeactivate>, NoInfer<Own>>>;
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
	getMany: { description: string };
	/** Options that only this service has, for the operations that change a user. */
	ownOptions?: ParametersFor<Own>;
	reactivate: { description: string; notice?: string };
}

/** All operations of a service that can be asked about its users. */
export function userOperations<
	Common extends UserValues,
	ToDeactivate extends Common,
	Own extends object,
>({
	loadUsers,
	parameters,
	deactivate,
	get,
	getMany,
	ownOptions = {} as ParametersFor<Own>,
	reactivate,
}: UserService<Common, ToDeactivate, Own>): Record<
	'deactivate' | 'get' | 'getAll' | 'reactivate',
	Operation
> {
	const inList = Object.fromEntries(
		Object.entries(parameters).filter(([name]) => name !== 'userId'),
	) as ParametersFor<Omit<Common, 'userId'>>;
	const own = ownOptions as OptionParameters;
	const ownOf = (options: Options) => {
		const values = new Map<string, unknown>(Object.entries(options));
		return readParameters(ownOptions, (name) => values.get(name));
	};
	const loadFlow = async () =>
		await Promise.all([loadUsers(), import('./userFlow'), import('./outcome')]);
	return {
		deactivate: defineOperation<ToDeactivate>({
			option: deactivateOption(deactivate.description),
			notice: deactivate.notice,
			parameters: deactivate.parameters,
			options: {
				...pickOptions([
					'dryRun',
					...(deactivate.options ?? []),
					'ifAlreadyDeactivated',
					'ifNotFound',
					'protectedUsers',
					'safetyLimit',
					'verify',
				]),
				...own,
			},
			async perform(values, run, options) {
				const [users, { changeUser }, { DEACTIVATION }] = await loadFlow();
				const apply = async (userId: PathSegment) =>
					await users.deactivate(userId, values, run, ownOf(options));
				return await changeUser({ users, values, run, options, apply }, DEACTIVATION);
			},
		}),
		get: defineOperation<Common>({
			option: getOption(get.description),
			parameters,
			options: pickOptions(['ifNotFound']),
			async perform(values, run, options) {
				const [users, { getUser }] = await loadFlow();
				return await getUser({ users, values, run, options });
			},
		}),
		getAll: {
			option: getManyOption(getMany.description),
			parameters: { ...(inList as ParameterSet), returnAll, limit, states },
			options: pickOptions([]),
			prepare(read) {
				const values = readParameters(inList, read);
				const wanted = readWanted(read);
				const list = async (run: RunContext) => {
					const [users, { listUsers }] = await Promise.all([loadUsers(), import('./listUsers')]);
					return await listUsers(users, values, wanted, run);
				};
				return { operation: 'getAll', list };
			},
		},
		reactivate: defineOperation<Common>({
			option: reactivateOption(reactivate.description),
			notice: reactivate.notice,
			parameters,
			options: { ...pickOptions(['dryRun', 'ifNotFound', 'verify']), ...own },
			async perform(values, run, options) {
				const [users, { changeUser }, { REACTIVATION }] = await loadFlow();
				const apply = async (userId: PathSegment) =>
					await users.reactivate(userId, values, run, ownOf(options));
				return await changeUser({ users, values, run, options, apply }, REACTIVATION);
			},
		}),
	};
}
