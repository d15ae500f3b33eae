import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { Failure } from '../shared/model/failure';
import type { Service } from '../shared/users/service';
import { nameFor, SHARED_FIELDS, USER_FIELDS } from './names';

type Get = IExecuteFunctions['getNodeParameter'];

/**
 * The execution as a service's own node would see it: the fields of the service under the names that
 * they have there, and the person as its user. So a service need not know that it is one of several.
 *
 * @param emails of the people of all items, read once for all services, or why there is none
 */
export function asNodeOf(
	service: Service,
	context: IExecuteFunctions,
	emails: ReadonlyArray<string | Failure>,
): IExecuteFunctions {
	const getNodeParameter = (...[name, itemIndex, fallback, options]: Parameters<Get>): unknown => {
		const toUser = USER_FIELDS.get(name);
		if (name === 'options' && options?.rawExpressions !== true) {
			return withDefaults(context.getNodeParameter(name, itemIndex, fallback, options));
		}
		if (!toUser) {
			return context.getNodeParameter(ourName(service, name), itemIndex, fallback, options);
		}
		if (options?.rawExpressions === true) {
			return toUser(context.getNodeParameter('email', itemIndex, fallback, options));
		}
		const email = emails[itemIndex];
		if (email instanceof Failure) throw email;
		return toUser(email);
	};
	return Object.create(context, {
		getNodeParameter: { value: getNodeParameter },
	}) as typeof context;
}

/**
 * An account that is deactivated already is fine here by default, at every service. Whether an answer
 * that could also mean a mistyped email counts is decided when all services have answered.
 */
function withDefaults(options: unknown): unknown {
	const isCollection = typeof options === 'object' && options !== null && !Array.isArray(options);
	return isCollection ? { ifAlreadyDeactivated: 'succeed', ...options } : options;
}

/** The same for the lists of the editor. */
export function asListOf(service: Service, context: ILoadOptionsFunctions): ILoadOptionsFunctions {
	const getNodeParameter = (
		...[name, ...rest]: Parameters<ILoadOptionsFunctions['getNodeParameter']>
	): unknown => context.getNodeParameter(ourName(service, name), ...rest);
	const getCurrentNodeParameter = (
		...[name, ...rest]: Parameters<ILoadOptionsFunctions['getCurrentNodeParameter']>
	): unknown => context.getCurrentNodeParameter(ourName(service, name), ...rest);
	return Object.create(context, {
		getNodeParameter: { value: getNodeParameter },
		getCurrentNodeParameter: { value: getCurrentNodeParameter },
	}) as typeof context;
}

function ourName(service: Service, name: string): string {
	return SHARED_FIELDS.has(name) ? name : nameFor(service, name);
}
