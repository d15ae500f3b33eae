import {
	displayParameter,
	type INode,
	type INodeCredentialDescription,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { OffboardUser } from '../../../nodes/OffboardUser/OffboardUser.node';
import { SERVICES } from '../../../nodes/OffboardUser/services';
import { says } from '../services.cts';

const { description, methods } = new OffboardUser();
const { properties, credentials = [] } = description;

/** What n8n shows with the node's defaults and these values. */
function shown<One extends INodeProperties | INodeCredentialDescription>(
	all: readonly One[],
	parameters: INodeParameters,
): One[] {
	const defaults = Object.fromEntries(
		properties.map((property) => [property.name, property.default]),
	);
	const node = { typeVersion: 1 } as INode;
	return all.filter((one) =>
		displayParameter({ ...defaults, ...parameters } as INodeParameters, one, node, description),
	);
}

const services = SERVICES.map(({ service }) => service);
const ALL = services.map(({ name }) => name);
const DRY_RUN = "To see what would happen without changing anything, add the option 'Dry Run'.";

it.each<[operation: string, chosen: string[], fields: unknown[], credentials: string[]]>([
	['deactivate', [], [], []],
	[
		'deactivate',
		['aitronos', 'zitadel', 'awork'],
		[
			'ZITADEL: Authentication',
			'awork: Authentication',
			DRY_RUN,
			says('awork reassigns or deletes'),
			'Aitronos: Organization',
			'Aitronos: Transfer Resources To',
			'awork: Include Summary',
		],
		['aitronosAdminApi', 'zitadelAdminApi', 'aworkAdminApi'],
	],
	[
		'deactivate',
		['odeus', 'langdock'],
		[DRY_RUN, says("Langdock and Odeus can't look up members. There, somebody")],
		['langdockAdminApi', 'odeusAdminApi'],
	],
	[
		'reactivate',
		['langdock', 'odeus'],
		[DRY_RUN, says('Langdock and Odeus can only restore'), 'Langdock: Role', 'Odeus: Role'],
		['langdockAdminApi', 'odeusAdminApi'],
	],
	[
		'get',
		['langdock', 'aitronos'],
		['Get changes nothing.', says("can't look up members, so Get"), 'Aitronos: Organization'],
		['aitronosAdminApi'],
	],
])(
	'asks for %s at %j for what these services need',
	(operation, chosen, fields, credentialTypes) => {
		const parameters = { operation, services: chosen };
		expect(shown(properties, parameters).map(({ displayName }) => displayName)).toEqual([
			...['Resource', 'Operation', 'Email', 'Services'],
			...fields,
			'Options',
		]);
		expect(shown(credentials, parameters).map(({ name }) => name)).toEqual(credentialTypes);
	},
);

it('asks for the credential that is chosen', () => {
	const second = services.map(({ credentials: [one, other = one] }) => other);
	const chosen = services.map(({ name }, index) => [
		`${name}Authentication`,
		second[index]?.authentication,
	]);
	const parameters = { services: ALL, ...Object.fromEntries(chosen) } as INodeParameters;
	expect(shown(credentials, parameters).map(({ name }) => name)).toEqual(
		second.map((credential) => credential?.type),
	);
});

/**
 * A field with a choice that stands in `show` of the credentials for all its choices is taken by the
 * editor for the one that chooses the credential, and is hidden.
 */
it('has no field that the editor takes for its authentication', () => {
	for (const { name, options } of properties) {
		const values = credentials.flatMap(({ displayOptions }) => displayOptions?.show?.[name] ?? []);
		const choices = (options ?? []).flatMap((option) => ('value' in option ? [option.value] : []));
		const covered = choices.filter((choice) => values.includes(choice as never));
		expect(choices.length === 0 || covered.length < choices.length).toBe(true);
	}
});

it('has a method for each list and for the test of each credential', () => {
	const lists = properties.flatMap(({ modes = [] }) =>
		modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect(lists.length).toBeGreaterThan(0);
	for (const list of lists) expect(methods.listSearch).toHaveProperty(list);
	for (const { testedBy } of credentials) {
		if (typeof testedBy === 'string') expect(methods.credentialTest).toHaveProperty(testedBy);
	}
});

it('gives each field a name of its own', () => {
	const names = properties.filter(({ type }) => type !== 'notice').map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});

it('offers what any service offers in one collection for all operations', () => {
	const [options] = properties.filter(({ name }) => name === 'options');
	expect(options).not.toHaveProperty('displayOptions');
	expect(options?.options?.map(({ name }) => name).join(' ')).toBe(
		'dryRun endSessions ifAlreadyDeactivated ifNotFound maxRetries onlyTheseServices parallelRequests protectedUsers safetyLimit timeout updateMethod verify',
	);
});
