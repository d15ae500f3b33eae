import type { INodeProperties } from 'n8n-workflow';

import { userProperties } from '../../../../nodes/shared/n8n/properties';
import type { Service } from '../../../../nodes/shared/users/service';
import { samples, sampleOf } from '../../services.cts';

/** Whether the editor shows a field for an operation on users. */
function isShown({ displayOptions }: INodeProperties, operation: string): boolean {
	const values: Record<string, string> = { resource: 'user', operation };
	return Object.entries(displayOptions?.show ?? {}).every(([field, wanted]) =>
		wanted?.some((value) => value === values[field]),
	);
}

const shownFor = (service: Service, operation: string) =>
	userProperties(service).filter((property) => isShown(property, operation));

const namesFor = (service: Service, operation: string) =>
	shownFor(service, operation).map(({ name }) => name);

/** What is in the collection or list of this name. */
const listed = (properties: INodeProperties[], name: string) =>
	(properties.find((property) => property.name === name)?.options ?? []).map((option) =>
		'value' in option ? option.value : option.name,
	);

const ALWAYS = ['maxRetries', 'output', 'parallelRequests', 'timeout'];

describe('the fields of a node', () => {
	it.each([
		['langdock', 'deactivate', ['deactivateNotice', 'email']],
		['langdock', 'reactivate', ['reactivateNotice', 'email', 'role']],
		['aitronos', 'deactivate', ['organizationId', 'userId', 'transferResourcesToDepartmentId']],
		['aitronos', 'get', ['organizationId', 'userId']],
		['aitronos', 'reactivate', ['organizationId', 'userId']],
		['zitadel', 'deactivate', ['authentication', 'userId']],
		['zitadel', 'get', ['authentication', 'userId']],
		['awork', 'deactivate', ['authentication', 'deactivateNotice', 'userId', 'includeSummary']],
		['awork', 'get', ['authentication', 'userId']],
		['awork', 'reactivate', ['authentication', 'reactivateNotice', 'userId']],
	])('of %s are, for %s: %j', (name, operation, fields) => {
		const [first, ...rest] = fields;
		const { service } = sampleOf(name);
		expect(namesFor(service, operation)).toEqual(
			first === 'authentication'
				? [first, 'resource', 'operation', ...rest, 'options']
				: ['resource', 'operation', ...fields, 'options'],
		);
	});

	it.each([
		['langdock', 'deactivate', ['dryRun', 'ifAlreadyDeactivated', 'ifNotFound', 'safetyLimit']],
		['langdock', 'reactivate', ['dryRun']],
		['zitadel', 'deactivate', ['dryRun', 'endSessions', 'protectedUsers', 'verify']],
		['zitadel', 'get', ['ifNotFound']],
		['awork', 'deactivate', ['dryRun', 'ifAlreadyDeactivated', 'ifNotFound', 'verify']],
		['awork', 'reactivate', ['dryRun', 'ifNotFound', 'verify']],
	])(
		'under Options, at %s for %s, are in alphabetical order and include %j',
		(name, operation, some) => {
			const options = listed(shownFor(sampleOf(name).service, operation), 'options');
			expect(options).toEqual(expect.arrayContaining([...some, ...ALWAYS]));
			expect(options).toEqual([...options].sort());
		},
	);

	it.each(Object.values(samples).map(({ service }) => [service.name, service] as const))(
		'of %s begin with its operations',
		(_, service) => {
			const properties = userProperties(service);
			expect(listed(properties, 'resource')).toEqual(['user']);
			expect(listed(properties, 'operation')).toEqual(Object.keys(service.operations));
			expect(properties.find(({ name }) => name === 'resource')).toMatchObject({
				displayName: 'Resource',
				options: [{ name: 'User' }],
				type: 'options',
				noDataExpression: true,
				default: 'user',
			});
			expect(properties.find(({ name }) => name === 'operation')).toMatchObject({
				displayName: 'Operation',
				type: 'options',
				noDataExpression: true,
				default: 'deactivate',
			});
		},
	);

	it('belong to users', () => {
		for (const property of userProperties(sampleOf('awork').service)) {
			const { name, displayOptions } = property;
			const isForAll = ['authentication', 'resource'].includes(name);
			expect(displayOptions?.show?.resource).toEqual(isForAll ? undefined : ['user']);
		}
	});

	it('let the user choose between credentials where there are several, the first by default', () => {
		const [authentication] = userProperties(sampleOf('zitadel').service);
		expect(authentication).toMatchObject({
			name: 'authentication',
			type: 'options',
			noDataExpression: true,
			default: 'personalAccessToken',
			options: [
				{ name: 'Personal Access Token', value: 'personalAccessToken' },
				{ name: 'Client Credentials', value: 'clientCredentials' },
			],
		});
	});

	it('show a notice once, above the other fields', () => {
		const notices = shownFor(sampleOf('awork').service, 'reactivate').filter(
			({ type }) => type === 'notice',
		);
		expect(notices).toEqual([
			expect.objectContaining({
				displayName: 'awork notifies the person by email.',
				default: '',
			}),
		]);
	});
});
