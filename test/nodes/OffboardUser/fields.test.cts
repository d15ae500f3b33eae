import {
	displayParameter,
	type INode,
	type INodeCredentialDescription,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { OffboardUser } from '../../../nodes/OffboardUser/OffboardUser.node';
import { SERVICES } from '../../../nodes/OffboardUser/services';

const { description, methods } = new OffboardUser();
const { properties, credentials = [] } = description;

/** The parameters that n8n stores when all of the node's defaults hold but these. */
const withDefaults = (parameters: INodeParameters): INodeParameters => ({
	...Object.fromEntries(properties.map((property) => [property.name, property.default])),
	...parameters,
});

function isShown(
	shown: INodeProperties | INodeCredentialDescription,
	parameters: INodeParameters,
): boolean {
	const node = { typeVersion: 1 } as INode;
	return displayParameter(withDefaults(parameters), shown, node, description);
}

const shownFields = (parameters: INodeParameters) =>
	properties
		.filter((property) => isShown(property, parameters))
		.map(({ displayName }) => displayName);
const shownCredentials = (parameters: INodeParameters) =>
	credentials.filter((credential) => isShown(credential, parameters)).map(({ name }) => name);

const services = SERVICES.map(({ service }) => service);
const SWITCHES = services.map(({ displayName }) => displayName);

/** The switches, each followed by the fields that are shown right behind it. */
const switchesWith = (fields: Readonly<Record<string, string[]>>) =>
	SWITCHES.flatMap((name) => [name, ...(fields[name] ?? [])]);

it('shows nothing of services that are turned off', () => {
	expect(shownFields({})).toEqual([...SWITCHES, 'Resource', 'Operation', 'Email', 'Options']);
	expect(shownCredentials({})).toEqual([]);
});

it('shows what the services that are turned on ask for', () => {
	expect(shownFields({ aitronos: true, awork: true, zitadel: true })).toEqual([
		...switchesWith({
			ZITADEL: ['ZITADEL: Authentication'],
			awork: ['awork: Authentication'],
		}),
		'Resource',
		'Operation',
		expect.stringContaining('awork reassigns or deletes'),
		'Email',
		'Aitronos: Organization',
		'Aitronos: Transfer Resources to Department',
		'awork: Include Summary',
		'Options',
	]);
	expect(shownFields({ langdock: true, odeus: true, operation: 'reactivate' })).toEqual([
		...SWITCHES,
		'Resource',
		'Operation',
		expect.stringContaining('Langdock can only restore access'),
		expect.stringContaining('Odeus can only restore access'),
		'Email',
		'Langdock: Role',
		'Odeus: Role',
		'Options',
	]);
});

it('asks for no credential of a service that does not have the operation', () => {
	expect(shownFields({ operation: 'get', langdock: true, aitronos: true })).toEqual([
		...SWITCHES,
		'Resource',
		'Operation',
		'Email',
		'Aitronos: Organization',
		'Options',
	]);
	expect(shownCredentials({ operation: 'get', langdock: true })).toEqual([]);
});

it('asks for one credential for each service that is turned on', () => {
	const all = Object.fromEntries(services.map(({ name }) => [name, true]));
	const first = services.map(({ credentials: [credential] }) => credential?.type);
	expect(shownCredentials(all)).toEqual(first);
	const second = services.map(({ credentials: [one, other = one] }) => other);
	const chosen = services.map(({ name }, index) => [
		`${name}Authentication`,
		second[index]?.authentication,
	]);
	expect(shownCredentials({ ...all, ...Object.fromEntries(chosen) })).toEqual(
		second.map((credential) => credential?.type),
	);
});

it('asks for all that an expression may turn on', () => {
	expect(shownCredentials({ awork: '={{ $json.hasAwork }}' })).toEqual(['aworkAdminApi']);
	expect(
		shownCredentials({ awork: '={{ $json.hasAwork }}', aworkAuthentication: 'oAuth2' }),
	).toEqual(['aworkAdminOAuth2Api']);
	expect(shownFields({ awork: '={{ $json.hasAwork }}' })).toContain('awork: Include Summary');
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
	const names = properties.filter(({ name }) => name !== 'options').map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});

it.each(['deactivate', 'get', 'reactivate'])(
	'offers for %s what any service offers, but no choice of output',
	(operation) => {
		const [options] = properties.filter(
			(property) => property.name === 'options' && isShown(property, { operation }),
		);
		expect(options?.options?.map(({ name }) => name)).toEqual([
			'dryRun',
			'endSessions',
			'ifAlreadyDeactivated',
			'ifNotFound',
			'maxRetries',
			'parallelRequests',
			'protectedUsers',
			'safetyLimit',
			'timeout',
			'verify',
		]);
	},
);
