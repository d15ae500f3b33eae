import type {
	DisplayCondition,
	ICredentialsDisplayOptions,
	INodeCredentialDescription,
	INodeProperties,
	INodePropertyMode,
	NodeParameterValue,
} from 'n8n-workflow';

import { authentication, optionsProperty, resourceAndOperation } from '../shared/n8n/properties';
import type { OptionOverrides } from '../shared/parameters/options';
import type { Service } from '../shared/users/service';
import { nameFor, USER_FIELDS } from './names';
import { FIRST_NOTICE, noticeProperties } from './notices';
import { OPERATIONS, operationsOf } from './operations';
import { chosenServices, email, ONLY_THESE_SERVICES } from './parameters';
import { SERVICES, type ServiceNode } from './services';

/** Values of fields at which something is shown. */
type Show = Record<string, Array<NodeParameterValue | DisplayCondition>>;

/** How options are worded where they apply to several services. */
const WORDING: OptionOverrides = {
	ifAlreadyDeactivated: {
		default: 'succeed',
		description:
			"What to do if the user was already deactivated. Langdock and Odeus can't tell this from a mistyped email, so there it counts only if another service knows the email.",
	},
	ifNotFound: {
		description:
			"What to do if the user doesn't exist at a service. Succeed counts only if another service knows the email. Get accepts it unless you add this option.",
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
		...resourceAndOperation(OPERATIONS).map(withoutChoice),
		email.property,
		chosenServices.property,
		...SERVICES.flatMap(authenticationOf),
		...noticeProperties(),
		...SERVICES.flatMap(fieldsOf),
		allOptions(),
	];
}

/** The only resource is no choice, and would cost a person the place for a field. */
function withoutChoice(property: INodeProperties): INodeProperties {
	return property.name === 'resource' ? { ...property, type: 'hidden' } : property;
}

/** The credentials of a service are asked for where it is chosen. */
export function offboardCredentials(): INodeCredentialDescription[] {
	return SERVICES.flatMap(({ service, node }) =>
		(node.description.credentials ?? []).map((credential) => {
			const [chosen] = credential.displayOptions?.show?.authentication ?? [];
			// Conditions, because n8n hides a field if all its choices stand in `show` by value; `eq` would
			// hold only if all entries of a list are the same. Its types don't declare them here.
			const show: Show = {
				// First, because n8n stops at the first expression.
				...(chosen !== undefined && {
					[nameFor(service, 'authentication')]: [{ _cnd: { eq: chosen } }],
				}),
				services: [{ _cnd: { exists: true } }],
				...onlyIn(service),
				// Always so: n8n shows credentials above the last field that stands here.
				[FIRST_NOTICE]: [{ _cnd: { not: 'hidden' } }],
			};
			const hide: Show = { services: [{ _cnd: { not: service.name } }] };
			return {
				...credential,
				displayOptions: { show, hide } as ICredentialsDisplayOptions,
			};
		}),
	);
}

/** A credential is asked for only where the service has the operation. */
function onlyIn(service: Service): Show {
	const offered = operationsOf(service).map(({ option }) => option.value);
	return offered.length === OPERATIONS.length ? {} : { operation: offered };
}

function authenticationOf({ service }: ServiceNode): INodeProperties[] {
	return authentication(service).map((property) =>
		ofService(service, property, { services: [service.name] }),
	);
}

/** What a service asks for besides the user. */
function fieldsOf({ service, node }: ServiceNode): INodeProperties[] {
	const names = new Set(operationsOf(service).flatMap(({ parameters }) => Object.keys(parameters)));
	return node.description.properties
		.filter(({ name }) => names.has(name) && !USER_FIELDS.has(name))
		.map((property) => {
			const operation = (property.displayOptions?.show?.operation ?? []) as Show[string];
			return ofService(service, property, {
				services: [service.name],
				operation: operation.filter((value) => OPERATIONS.some((one) => one.value === value)),
			});
		});
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

/** The options that any service offers for any operation, each once, and that of this node. */
function allOptions(): INodeProperties {
	const operations = SERVICES.flatMap(({ service }) => operationsOf(service));
	const { options = [], ...collection } = optionsProperty(operations, WORDING);
	const shown = (options as INodeProperties[]).filter(({ name }) => !NOT_HERE.has(name));
	return {
		...collection,
		options: [...shown, ONLY_THESE_SERVICES].sort((a, b) =>
			a.displayName < b.displayName ? -1 : 1,
		),
	};
}
