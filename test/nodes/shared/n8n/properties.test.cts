import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty, userProperties } from '../../../../nodes/shared/n8n/properties';
import { scim } from '../../../../nodes/Scim/scim';
import { sampleOf } from '../../services.cts';

const propertiesOf = (name: string) =>
	userProperties(name === 'scim' ? scim : sampleOf(name).service);

/** Whether the editor shows a field for an operation on users. */
function isShown({ displayOptions }: INodeProperties, operation: string): boolean {
	const values: Record<string, string> = { resource: 'user', operation };
	return Object.entries(displayOptions?.show ?? {}).every(([field, wanted]) =>
		wanted?.some((value) => value === values[field]),
	);
}

/** The entries under Options. */
const optionsOf = (name: string) => {
	const collections = propertiesOf(name).filter((property) => property.name === 'options');
	expect(collections).toHaveLength(1);
	return (collections[0]?.options ?? []) as INodeProperties[];
};

const ALWAYS = ['maxRetries', 'output', 'parallelRequests', 'timeout'];
const GUARDS = ['dryRun', 'ifAlreadyDeactivated', 'ifNotFound', 'protectedUsers', 'safetyLimit'];

describe('the fields of a node', () => {
	it.each([
		['langdock', 'deactivate', ['deactivateNotice', 'email']],
		['langdock', 'reactivate', ['reactivateNotice', 'email', 'role']],
		['aitronos', 'deactivate', ['organizationId', 'userId', 'transferResourcesToDepartmentId']],
		['aitronos', 'reactivate', ['organizationId', 'userId']],
		['zitadel', 'get', ['authentication', 'userId']],
		['scim', 'getAll', ['authentication', 'returnAll', 'states']],
		['awork', 'deactivate', ['authentication', 'deactivateNotice', 'userId', 'includeSummary']],
		['awork', 'reactivate', ['authentication', 'reactivateNotice', 'userId']],
	])('of %s are, for %s: %j', (name, operation, fields) => {
		const shown = propertiesOf(name).filter((property) => isShown(property, operation));
		const always = ['resource', 'operation', 'options'];
		expect(shown.map((property) => property.name).sort()).toEqual([...always, ...fields].sort());
	});

	it.each([
		['langdock', [...GUARDS, ...ALWAYS]],
		['zitadel', [...GUARDS, ...ALWAYS, 'endSessions', 'verify']],
		['awork', [...GUARDS, ...ALWAYS, 'verify']],
		['scim', [...GUARDS, ...ALWAYS, 'updateMethod', 'verify']],
	])(
		'of %s have one collection of options for all operations: n8n clears what it hides',
		(name, expected) => {
			const options = optionsOf(name);
			expect(options.map((option) => option.name)).toEqual([...expected].sort());
			expect(options.filter(({ displayOptions }) => displayOptions !== undefined)).toEqual([]);
		},
	);

	it.each([
		['zitadel', 'dryRun', /changing anything\. Only applies to Deactivate and Reactivate\.$/],
		['zitadel', 'safetyLimit', /0 means no limit\. Only applies to Deactivate\.$/],
		['zitadel', 'ifNotFound', /the same\. Only applies to Deactivate, Get and Reactivate\.$/],
		['zitadel', 'timeout', /for each response$/],
		['langdock', 'ifNotFound', / Only applies to Deactivate\.$/],
		['langdock', 'dryRun', / BILLING_API\.$/],
	])('of %s say of %s for which operations it does something', (name, option, text) => {
		const [found] = optionsOf(name).filter((one) => one.name === option);
		expect(found?.description).toMatch(text);
	});

	it('collect the options of several services, in the words of the node that shows them', () => {
		const operations = ['langdock', 'zitadel'].flatMap((name) =>
			Object.values(sampleOf(name).service.operations),
		);
		const { options } = optionsProperty(operations, { verify: { description: 'Other words' } });
		const description = 'Other words. Only applies to Deactivate and Reactivate.';
		expect(options).toContainEqual(expect.objectContaining({ name: 'verify', description }));
	});

	it.each(['langdock', 'awork'])('of %s begin with its operations, and belong to users', (name) => {
		const properties = propertiesOf(name).filter((one) => one.name !== 'authentication');
		const choice = { type: 'options', noDataExpression: true };
		expect(properties.slice(0, 2)).toMatchObject([
			{ ...choice, displayName: 'Resource', name: 'resource', default: 'user' },
			{ ...choice, displayName: 'Operation', name: 'operation', default: 'deactivate' },
		]);
		const operations = properties[1]?.options?.map((option) => 'value' in option && option.value);
		expect(operations).toEqual(Object.keys(sampleOf(name).service.operations));
		const others = properties.slice(1);
		expect(others.filter(({ displayOptions }) => !displayOptions?.show?.resource)).toEqual([]);
	});

	it('let the user choose between credentials where there are several, the first by default', () => {
		expect(propertiesOf('zitadel')[0]).toMatchObject({
			...{ name: 'authentication', type: 'options', noDataExpression: true },
			default: 'personalAccessToken',
			options: [
				{ name: 'Personal Access Token', value: 'personalAccessToken' },
				{ name: 'Client Credentials', value: 'clientCredentials' },
			],
		});
	});
});
