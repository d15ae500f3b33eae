import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { Failure } from '../shared/model/failure';
import type { Service } from '../shared/users/service';
import type { Someone } from './people';
import { nameFor, SHARED_FIELDS, USER_FIELDS } from './names';

type Get = IExecuteFunctions['getNodeParameter'];

/**
 * The execution as a service's own node would see it: the fields of the service under the names that
 * they have there, and the person as its user. So a service need not know that it is one of several.
 *
 * @param people of all items, read once for all services
 */
export function asNodeOf(
	service: Service,
	context: IExecuteFunctions,
	people: readonly Someone[],
): IExecuteFunctions {
	const operation = context.getNodeParameter('operation', 0);
	const getNodeParameter = (...[name, itemIndex, fallback, options]: Parameters<Get>): unknown => {
		const toUser = USER_FIELDS.get(name);
		if (name === 'options' && options?.rawExpressions !== true) {
			const added = context.getNodeParameter(name, itemIndex, fallback, options);
			return withDefaults(added, operation === 'get' ? LOOK_UP_DEFAULTS : DEFAULTS);
		}
		if (!toUser) {
			return context.getNodeParameter(ourName(service, name), itemIndex, fallback, options);
		}
		if (options?.rawExpressions === true) {
			return toUser(context.getNodeParameter('email', itemIndex, fallback, options));
		}
		const target = people[itemIndex]?.target;
		if (target instanceof Failure) throw target;
		return toUser(target?.email);
	};
	return Object.create(context, {
		getNodeParameter: { value: getNodeParameter },
	}) as typeof context;
}

/**
 * An account that is deactivated already is fine here by default, at every service. Whether an answer
 * that could also mean a mistyped email counts is decided when all services have answered.
 */
const DEFAULTS = { ifAlreadyDeactivated: 'succeed' };

/** To have no account at a service is an answer, too. */
const LOOK_UP_DEFAULTS = { ...DEFAULTS, ifNotFound: 'succeed' };

function withDefaults(options: unknown, defaults: object): unknown {
	const isCollection = typeof options === 'object' && options !== null && !Array.isArray(options);
	return isCollection ? { ...defaults, ...options } : options;
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
