import type {
	DisplayCondition,
	ICredentialsDisplayOptions,
	INodeCredentialDescription,
	INodeProperties,
	INodePropertyMode,
	INodePropertyOptions,
	NodeParameterValue,
} from 'n8n-workflow';

import { authentication, resourceAndOperation } from '../shared/n8n/properties';
import { deactivateOption, getOption, reactivateOption } from '../shared/users/userOperations';
import { OPTIONS, type OptionOverrides, type OptionParameters } from '../shared/parameters/options';
import type { Service } from '../shared/users/service';
import { nameFor, USER_FIELDS } from './names';
import { email, serviceSwitch } from './parameters';
import { SERVICES, type ServiceNode } from './services';

/** Values of fields at which something is shown. */
type Show = Record<string, Array<NodeParameterValue | DisplayCondition>>;

/** The operations; `action` is all that an agent reads of a tool. */
export const OPERATIONS: ReadonlyArray<INodePropertyOptions & { value: string }> = [
	{
		...deactivateOption("End the person's access at every selected service"),
		action: 'Deactivate user everywhere (ends access, safe to repeat)',
	},
	{
		...getOption('Check whether the person still has access to the selected services'),
		action: 'Get state of user everywhere (changes nothing)',
	},
	{
		...reactivateOption("Restore the person's access at every selected service"),
		action: 'Reactivate user everywhere (restores access, safe to repeat)',
	},
];

/** How options are worded where they apply to several services. */
const WORDING: OptionOverrides = {
	dryRun: {
		description: 'Whether to preview the result without changing anything',
	},
	ifAlreadyDeactivated: {
		default: 'succeed',
		description:
			"What to do if the user was already deactivated. Langdock and Odeus can't tell this from a mistyped email, so there it counts only if another service knows the email.",
	},
	ifNotFound: {
		description:
			"What to do if the user doesn't exist at a service. Succeed counts only if another selected service knows the email.",
	},
	parallelRequests: {
		description:
			'How many requests to send to each service at the same time. 0 means automatic: as many as the service answers without slowing down. The first item decides for all.',
	},
	safetyLimit: {
		description:
			'How many different people this node may deactivate in one execution, loops included. With more people, it deactivates nobody. 0 means no limit.',
	},
};

/** This node always outputs the records of all services. */
const NOT_HERE: ReadonlySet<string> = new Set(['output']);

/** The fields of the node. n8n shows credentials below the fields that they depend on. */
export function offboardProperties(): INodeProperties[] {
	return [
		...SERVICES.flatMap(({ service }) => [
			serviceSwitch(service).property,
			...authenticationOf(service),
		]),
		...resourceAndOperation(OPERATIONS),
		...SERVICES.flatMap(noticesOf),
		email.property,
		...SERVICES.flatMap(fieldsOf),
		...OPERATIONS.map(optionsOf),
	];
}

/** The credentials of a service are asked for where it is turned on. */
export function offboardCredentials(): INodeCredentialDescription[] {
	return SERVICES.flatMap(({ service, node }) =>
		(node.description.credentials ?? []).map((credential) => {
			const [chosen] = credential.displayOptions?.show?.authentication ?? [];
			return {
				...credential,
				displayOptions: {
					show: {
						// First, because n8n stops at the first expression. As a condition, which n8n's types
						// don't declare here: n8n hides a field if all its options are listed here by value.
						...(chosen !== undefined && {
							[nameFor(service, 'authentication')]: [{ _cnd: { eq: chosen } }],
						}),
						[service.name]: [true],
						...onlyIn(service),
					} as NonNullable<ICredentialsDisplayOptions['show']>,
				},
			};
		}),
	);
}

/** A credential is asked for only where the service has the operation. */
function onlyIn({ operations }: Service): Show {
	const offered = Object.keys(operations);
	return offered.length === OPERATIONS.length ? {} : { operation: offered };
}

function authenticationOf(service: Service): INodeProperties[] {
	return authentication(service).map((property) =>
		ofService(service, property, { [service.name]: [true] }),
	);
}

function noticesOf({ service, node }: ServiceNode): INodeProperties[] {
	return node.description.properties
		.filter(({ type }) => type === 'notice')
		.map((notice) => ({
			...notice,
			name: nameFor(service, notice.name),
			displayOptions: { show: shownWith(service, notice) },
		}));
}

/** What a service asks for besides the user. */
function fieldsOf({ service, node }: ServiceNode): INodeProperties[] {
	const names = new Set(
		Object.values(service.operations).flatMap(({ parameters }) => Object.keys(parameters)),
	);
	return node.description.properties
		.filter(({ name }) => names.has(name) && !USER_FIELDS.has(name))
		.map((property) => ofService(service, property, shownWith(service, property)));
}

/** Where the service's own node shows a property, if the service is turned on. */
function shownWith(service: Service, { displayOptions }: INodeProperties): Show {
	const operations = displayOptions?.show?.operation as Show[string] | undefined;
	return { [service.name]: [true], operation: operations ?? [] };
}

function ofService(service: Service, property: INodeProperties, show: Show): INodeProperties {
	return {
		...property,
		displayName: `${service.displayName}: ${property.displayName}`,
		name: nameFor(service, property.name),
		...(property.modes && { modes: property.modes.map((mode) => withListOf(service, mode)) }),
		displayOptions: { show },
	};
}

function withListOf(service: Service, mode: INodePropertyMode): INodePropertyMode {
	const method = mode.typeOptions?.searchListMethod;
	return method === undefined
		? mode
		: { ...mode, typeOptions: { ...mode.typeOptions, searchListMethod: nameFor(service, method) } };
}

/** The options that any service offers for an operation, each once. */
function optionsOf({ value }: { value: string }): INodeProperties {
	const offered = Object.assign(
		{},
		...SERVICES.map(({ service }) => service.operations[value]?.options),
	) as OptionParameters;
	const options = Object.entries(offered)
		.filter(([name]) => !NOT_HERE.has(name))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, { property }]) => ({ ...property, ...WORDING[name as keyof OptionOverrides] }));
	return { ...OPTIONS, displayOptions: { show: { operation: [value] } }, options };
}
